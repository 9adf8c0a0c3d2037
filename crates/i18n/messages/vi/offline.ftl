diagnostic-operation-reused = Mã gửi “{ $found }” đã dùng cho một lần gửi khác.
diagnostic-operation-reused-help = Tải lại trang: máy sẽ tạo mã mới. Những gì đã nhập vẫn còn trên máy.
