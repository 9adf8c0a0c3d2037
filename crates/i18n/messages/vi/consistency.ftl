# Các số có khớp nhau không?
cli-rorang-check = Các số trong sổ có khớp nhau không? Điểm khác nhau, được phân loại, kèm hai câu trích
cli-rorang-check-database = Cơ sở dữ liệu của sổ; không có thì dùng ví dụ
cli-rorang-check-json = Cho chương trình khác: các điểm khác nhau ở dạng JSON
cli-rorang-check-settled = Kể cả những trường hợp đã làm rõ

findings-none = Không có hai số nào trong sổ khác nhau.
finding-target = chỉ tiêu
finding-settled = Đã làm rõ
finding-settle = Để làm rõ
finding-conflict = Mâu thuẫn thật sự
finding-conflict-settle = Không có gì trong hai văn bản phân biệt hai số. Hỏi cả hai nơi công bố số nào đúng, theo văn bản nào.
finding-arithmetic = Các số không khớp phép tính
finding-arithmetic-settle = Tìm số đã làm tròn hoặc thuộc thời kỳ khác; số chính xác của cơ quan thống kê là căn cứ.
finding-kind = Chỉ tiêu được kể như kết quả
finding-kind-settle = Một trong hai số đúng bằng chỉ tiêu. Lấy kết quả từ báo cáo của năm đã kết thúc.
finding-basis = Khác loại giá
finding-basis-settle = Giá hiện hành và giá so sánh là hai chuỗi số. Ghi loại giá và năm gốc bên cạnh mỗi số.
finding-scope = Khác phạm vi
finding-scope-settle = Hai văn bản đếm những thứ khác nhau. Ghi rõ mỗi số gồm những gì; văn bản không ghi thì hỏi tác giả.
finding-period = Khác thời kỳ
finding-period-settle = Một số của một năm, số kia của nhiều năm. Ghi thời kỳ bên cạnh mỗi số.
finding-edition = Khác lần công bố
finding-edition-settle = Một số ước tính và một số công bố sau. Lấy lần công bố mới nhất của cơ quan thống kê; số cũ vẫn đọc lại được.
finding-rounding = Chỉ khác cách làm tròn
finding-rounding-settle = Dùng số có nhiều chữ số hơn.
