# Sổ ghi: kiểm tra tệp xuất và biên nhận.
cli-rorang-ledger = Sổ ghi mà không ai lặng lẽ sửa được: kiểm tra, xuất, biên nhận
cli-rorang-ledger-verify = Kiểm tra một sổ đã xuất hoặc một biên nhận, không cần cơ sở dữ liệu
cli-rorang-ledger-verify-file = Sổ đã xuất, hoặc biên nhận
cli-rorang-ledger-verify-key = Khóa công khai mà tỉnh đã công bố: 64 chữ số thập lục phân

ledger-record-sound = Sổ nguyên vẹn: { $number } mục, ký lúc { $day }, khóa { $key }.
ledger-receipt-sound = Biên nhận đúng: mục số { $number } nằm trong sổ đã ký lúc { $day }, khóa { $key }.
ledger-compare-key = Hãy so khóa này với khóa mà tỉnh đã công bố (hoặc dùng --key): ai cũng ký được bằng khóa của chính mình.

diagnostic-ledger-unreadable = Không đọc được tệp: { $reason }.
diagnostic-ledger-unreadable-help = Kiểm tra đường dẫn và quyền đọc tệp.
diagnostic-ledger-not-a-record = Đây không phải sổ đã xuất, cũng không phải biên nhận.
diagnostic-ledger-not-a-record-help = Dùng tệp do “rorang ledger export” hoặc trang biên nhận tạo ra, không mở rồi lưu lại bằng chương trình khác.
diagnostic-ledger-entry-misplaced = Mục số { $number } không ở đúng chỗ: ở đây là mục số { $found }. Có mục đã bị bỏ, thêm hoặc đổi chỗ.
diagnostic-ledger-entry-misplaced-help = So với một bản xuất khác của cùng sổ, từ mục số { $number } trở đi.
diagnostic-ledger-entry-changed = Mục số { $number } đã bị sửa: nội dung của mục không khớp với chuỗi băm.
diagnostic-ledger-entry-changed-help = So với một bản xuất khác của cùng sổ, ở mục số { $number }.
diagnostic-ledger-entry-malformed = Mục số { $number } không có dạng của một mục sổ.
diagnostic-ledger-entry-malformed-help = So với một bản xuất khác của cùng sổ, ở mục số { $number }.
diagnostic-ledger-no-head = Sau { $entries } mục, chỗ của mục số { $number } không có mục nào và cũng không có dòng ký cuối sổ: phần cuối đã bị cắt hoặc bị sửa.
diagnostic-ledger-no-head-help = Lấy lại bản xuất đầy đủ.
diagnostic-ledger-other-head = Dòng ký là của một sổ có { $signed } mục, trong tệp có { $entries } mục.
diagnostic-ledger-other-head-help = Phần cuối đã bị bỏ bớt hoặc thêm vào; lấy lại bản xuất đầy đủ.
diagnostic-ledger-false-signature = Chữ ký cuối sổ không đúng.
diagnostic-ledger-false-signature-help = Đừng dùng bản này; lấy lại bản xuất từ tỉnh.
diagnostic-ledger-trailing = Sau dòng ký cuối sổ còn nội dung khác.
diagnostic-ledger-trailing-help = Lấy lại bản xuất; sổ kết thúc ở dòng ký.
diagnostic-ledger-other-key = Sổ được ký bằng một khóa khác: { $found }.
diagnostic-ledger-other-key-help = Đừng tin bản này trước khi tỉnh xác nhận đã đổi khóa.
diagnostic-ledger-receipt-false = Biên nhận không đúng: mục này không nằm trong sổ mà biên nhận nêu.
diagnostic-ledger-receipt-false-help = Lấy lại biên nhận từ trang của mục đó; nếu vẫn sai, báo cho thanh tra.

cli-rorang-ledger-export = Xuất toàn bộ sổ ra một tệp mà ai cũng kiểm tra được
cli-rorang-ledger-export-file = Tệp sẽ ghi; chưa được có sẵn
cli-rorang-ledger-export-database = Cơ sở dữ liệu
cli-rorang-ledger-receipt = In biên nhận của một mục
cli-rorang-ledger-receipt-number = Số của mục
cli-rorang-ledger-receipt-database = Cơ sở dữ liệu

ledger-exported = Đã xuất { $number } mục, ký lúc { $day }, khóa { $key }.
diagnostic-ledger-unwritable = Không ghi được tệp: { $reason }.
diagnostic-ledger-unwritable-help = Chọn một tên tệp chưa có, trong thư mục được phép ghi.
diagnostic-ledger-no-database = Không có cơ sở dữ liệu ở đây.
diagnostic-ledger-no-database-help = Chỉ đúng tệp bằng --database.
diagnostic-ledger-no-entry = Sổ không có mục số { $number }.
diagnostic-ledger-no-entry-help = Xem số của các mục ở trang “Sổ ghi nhận”.

cli-rorang-ledger-audit = Kiểm tra sổ trong cơ sở dữ liệu, và mọi thứ các trang hiển thị có đúng là từ sổ mà ra
cli-rorang-ledger-audit-database = Cơ sở dữ liệu
ledger-audited = Sổ nguyên vẹn: { $entries } mục. Cả { $tables } bảng suy ra ({ $rows } dòng) đúng như sổ tạo nên.
diagnostic-ledger-entry-unreadable = Chương trình này không hiểu mục số { $number } của sổ.
diagnostic-ledger-entry-unreadable-help = Dùng bản chương trình mới hơn: sổ có thể do bản mới hơn ghi.
diagnostic-ledger-table-differs = Bảng “{ $table }” không đúng như sổ tạo nên: trong bảng có { $found } dòng, sổ tạo nên { $expected } dòng.
diagnostic-ledger-table-differs-help = Sao lưu cơ sở dữ liệu rồi báo cho người bảo trì; sổ vẫn nguyên vẹn, bảng này tính lại được từ sổ.
