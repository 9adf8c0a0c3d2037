# Việc đang chờ người đã đăng nhập, ở đầu bảng theo dõi; danh mục riêng của họ; lối đi của người dân.
web-today-title = Việc đang chờ bạn
web-today-all = Xem tất cả việc của tôi
web-today-tasks = { $count } nhiệm vụ chờ bạn xử lý{ $late ->
    [0] {""}
   *[other] , trong đó { $late } đã quá hạn
}
web-today-fill = { $count } báo cáo cần điền và gửi, hạn gần nhất { $day }{ $late ->
    [0] {""}
   *[other] ; { $late } đã quá hạn
}
web-today-verify = { $count } báo cáo chờ thẩm tra
web-today-accept = { $count } báo cáo chờ chấp nhận
web-today-late = Trong đó { $count } báo cáo gửi muộn
web-today-desk = { $count } số liệu chờ duyệt
web-me = Tài khoản
web-me-label = Mục của { $name }
web-home-units = Tìm xã, phường của bạn
web-unit-more = Xem thêm về { $name }
web-unit-people = Cơ quan và người phụ trách
web-unit-tasks = Nhiệm vụ được giao
web-unit-province = Chỉ tiêu chung của tỉnh
web-missing = Còn một ô bắt buộc chưa điền: bấm để đến ô đó.
web-missing-reason = Cần ghi lý do.
web-missing-words = Cần ghi nội dung.
web-missing-decision = Cần ghi kết luận.
web-missing-document = Cần chọn văn bản làm căn cứ, hoặc ghi một văn bản ngoài sổ.
web-missing-until = Cần ghi ngày xin gia hạn đến.
web-home-open-all = Mở tất cả các bảng
