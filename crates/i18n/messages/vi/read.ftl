# Lệnh đọc tài liệu: bảng kết quả và những điều chưa dùng được.
diagnostic-folder-empty = Thư mục không có tài liệu nào đọc được.
diagnostic-folder-empty-help = Đưa vào thư mục các tệp txt, HTML, DOCX, PDF hoặc XLSX.
diagnostic-language-unknown = “{ $found }” không phải là ngôn ngữ mà bộ đọc hiểu.
diagnostic-language-unknown-help = Ghi vi hoặc en, hoặc để trống.
diagnostic-no-such-date = Không có ngày “{ $found }”.
diagnostic-no-such-date-help = Viết ngày theo dạng năm-tháng-ngày, ví dụ 2025-07-01, và kiểm tra số ngày của tháng.
diagnostic-out-not-writable = Không ghi được vào “{ $found }”.
diagnostic-out-not-writable-help = Kiểm tra quyền ghi và chỗ trống trên ổ đĩa, hoặc chọn thư mục khác bằng --out.
diagnostic-place-ambiguous = “{ $found }” là tên của nhiều nơi: { $codes }.
diagnostic-place-ambiguous-help = Ghi mã của nơi cần nói tới thay cho tên.
diagnostic-place-unknown = “{ $found }” không phải là một nơi ở Việt Nam có trong danh mục đơn vị hành chính.
diagnostic-place-unknown-help = Dùng mã như VN-11 (tỉnh), VN-11-03158 (xã) hoặc tên tỉnh, xã như Điện Biên; để trống nếu văn bản không nói về một nơi nhất định.
diagnostic-sources-missing-column = Thiếu cột “{ $expected }”.
diagnostic-sources-missing-column-help = Thêm cột này vào dòng đầu; mỗi dòng ghi tên của một tài liệu.
diagnostic-sources-not-text = Tệp này không phải là bảng CSV theo bảng mã UTF-8.
diagnostic-sources-not-text-help = Lưu lại bảng dưới dạng CSV, bảng mã UTF-8.
diagnostic-sources-twice = Tài liệu “{ $found }” đã có ở dòng { $first }.
diagnostic-sources-twice-help = Giữ lại một dòng cho mỗi tài liệu.
diagnostic-sources-unknown-column = Không có cột nào tên “{ $found }”; các cột được dùng là: { $expected }.
diagnostic-sources-unknown-column-help = Sửa tên cột ở dòng đầu, hoặc bỏ cột này.
diagnostic-sources-without-file = Không có tài liệu nào tên “{ $found }” trong thư mục.
diagnostic-sources-without-file-help = Sửa tên cho đúng với tên tệp (không cần phần mở rộng), hoặc bỏ dòng này.
diagnostic-sources-wrong-row = Dòng này có { $found } ô, trong khi dòng đầu có { $expected } cột.
diagnostic-sources-wrong-row-help = Đặt ô có dấu phẩy trong dấu ngoặc kép, hoặc thêm ô còn thiếu.

cli-rorang-read = Tìm các số liệu trong tài liệu: txt, HTML, DOCX, PDF, XLSX
cli-rorang-read-paths = Tài liệu, hoặc thư mục có tài liệu và có thể có sources.csv
cli-rorang-read-format = Cách trình bày: table (bảng để xem), jsonl, json, csv
cli-rorang-read-out = Thư mục để ghi mỗi tài liệu một tệp, thay vì in ra màn hình
cli-rorang-read-date = Ngày của các tài liệu, thay cho ngày ghi trong đó (2025-07-01)
cli-rorang-read-place = Nơi mà các tài liệu nói tới, thay cho nơi ghi trong đó (mã hoặc tên)

read-value = Số liệu
read-indicator = Chỉ tiêu
read-period = Kỳ
read-place = Nơi
read-kind = Loại
read-quote = Câu văn
read-none = Không có số liệu nào.
read-date-unknown = không rõ ngày
read-total = { $documents } tài liệu, { $figures } số liệu
read-total-failed = { $documents } tài liệu, { $figures } số liệu; { $failed } tài liệu không đọc được

diagnostic-file-skipped = Tệp này trong thư mục không được đọc vì không thuộc loại txt, HTML, DOCX, PDF hay XLSX.
diagnostic-file-skipped-help = Mở tệp bằng chương trình đã tạo ra nó và lưu thành một trong các loại trên; ảnh quét cần nhận dạng chữ (OCR).
