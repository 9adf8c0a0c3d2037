# Dòng lệnh: phần trợ giúp và lỗi khi gõ lệnh. Khóa của trợ giúp là đường đi của lệnh rồi tới tên của tham số.
cli-rorang = Rõ Ràng: chỉ tiêu và kết quả của một tỉnh, mỗi con số kèm câu văn mà nó xuất phát
cli-rorang-lang = Ngôn ngữ của thông báo: vi hoặc en
cli-rorang-text = In phần chữ của tài liệu, đúng như bộ đọc nhìn thấy
cli-rorang-text-files = Các tài liệu
cli-rorang-text-blocks = Trước mỗi khối, cho biết khối đó là gì và nằm ở đâu

cli-help = In phần trợ giúp
cli-version = In số phiên bản
cli-heading-usage = Cách dùng
cli-heading-commands = Lệnh
cli-heading-arguments = Tham số
cli-usage-options = TÙY CHỌN
cli-usage-command = LỆNH
cli-heading-options = Tùy chọn

cli-note = Lưu ý
cli-warning = Cảnh báo
cli-error = Lỗi
cli-way-out = Cách xử lý

cli-unknown-argument = Không có tùy chọn “{ $found }”.
cli-unknown-command = Không có lệnh “{ $found }”.
cli-missing-argument = Còn thiếu: { $missing }.
cli-missing-value = Tùy chọn “{ $argument }” cần một giá trị.
cli-wrong-value = Giá trị “{ $found }” của “{ $argument }” không dùng được. { $expected }
cli-wrong-value-expected = Hãy dùng: { $values }.
cli-usual-value = mặc định: { $values }
cli-possible-values = một trong: { $values }
cli-not-understood = Không hiểu lệnh này.
cli-did-you-mean = Có phải ý bạn là “{ $suggestion }”?
cli-see-help = Gõ “{ $command } --help” để xem cách dùng.
