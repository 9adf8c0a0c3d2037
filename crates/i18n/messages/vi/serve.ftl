# rorang serve
cli-rorang-serve = Mở các trang cho trình duyệt (mặc định khi không gõ lệnh nào)
cli-rorang-serve-address = Địa chỉ và cổng để mở; cổng 0 là lấy cổng còn trống
cli-rorang-serve-database = Cơ sở dữ liệu; tự tạo nếu chưa có
cli-rorang-serve-empty = Để cơ sở dữ liệu mới trống: không nạp ví dụ
serve-listening = Rõ Ràng đã sẵn sàng: { $address }
serve-loading-example = Cơ sở dữ liệu mới “{ $database }”: đang nạp ví dụ Điện Biên…
serve-database-failed = Không mở được cơ sở dữ liệu “{ $database }”. Hãy kiểm tra quyền ghi, hoặc chọn tệp khác bằng --database.
serve-example-failed = Không nạp được ví dụ vào “{ $database }”. Có thể dùng --empty để bắt đầu trống.
