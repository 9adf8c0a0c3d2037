### Báo cáo: chế độ, biểu mẫu, thẩm tra.

web-act-regime = Ban hành chế độ báo cáo
web-act-regime-ended = Bãi bỏ chế độ báo cáo
web-act-report-saved = Nhập số liệu báo cáo
web-act-report-submitted = Gửi báo cáo
web-act-report-verified = Thẩm tra báo cáo
web-act-report-returned = Trả lại báo cáo
web-act-report-accepted = Chấp nhận báo cáo
web-act-report-corrected = Đính chính báo cáo
web-act-report-counted = Đưa số liệu báo cáo vào sổ
web-act-report-recounted = Thay số liệu báo cáo đã đính chính
web-act-report-evidence = Thêm minh chứng cho báo cáo
web-act-report-sample = Chọn ngẫu nhiên báo cáo để kiểm tra
web-act-report-spot-checked = Kiểm tra thực tế số liệu báo cáo

report-sheet-name = Báo cáo
report-sheet-note = Chỉ nhập vào hai cột “Số liệu” và “Giải thích”. Không dùng công thức. Nộp lại tệp này ngay trên trang của báo cáo.
report-column-line = Chỉ tiêu
report-column-unit = Đơn vị tính
report-column-last = Kỳ trước
report-column-value = Số liệu
report-column-explanation = Giải thích

diagnostic-report-not-asked = Chế độ báo cáo không yêu cầu báo cáo này.
diagnostic-report-not-asked-help = Xem lại kỳ báo cáo và đơn vị báo cáo của chế độ.
diagnostic-report-not-yet = Chưa đến kỳ: biểu mẫu mở từ ngày { $opens }.
diagnostic-report-not-yet-help = Chờ đến ngày mở, rồi nhập lại.
diagnostic-report-closed = Biểu mẫu đã khóa sau ngày { $since }.
diagnostic-report-closed-help = Nếu cần thay đổi, đề nghị người thẩm tra trả lại hoặc đính chính, có nêu lý do.
diagnostic-report-sent = Báo cáo đã gửi, đang chờ thẩm tra hoặc chấp nhận.
diagnostic-report-sent-help = Đề nghị người thẩm tra trả lại nếu cần sửa.
diagnostic-report-accepted = Báo cáo đã được chấp nhận và khóa.
diagnostic-report-accepted-help = Thay đổi lúc này là đính chính: đề nghị người thẩm tra, có nêu lý do.
diagnostic-report-line = Dòng này chưa đạt: { $finding ->
    [missing] còn thiếu số liệu
    [below] nhỏ hơn mức thấp nhất có thể
    [above] lớn hơn mức cao nhất có thể
    [too-precise] quá nhiều chữ số thập phân
    [more-than] lớn hơn số liệu phải bao trùm nó
    [parts-more-than] các phần cộng lại lớn hơn tổng
    [not-a-number] không phải là số
    [ambiguous] có thể đọc thành hai số
    [two-values] có hai số liệu khác nhau
    [far-from-last] khác xa kỳ trước mà chưa có giải thích
   *[not-asked] biểu mẫu không hỏi chỉ tiêu này
}.
diagnostic-report-line-help = Sửa số liệu của dòng, hoặc viết giải thích nếu số liệu đúng.
diagnostic-report-text-too-long = Nội dung dài quá { $limit } ký tự.
diagnostic-report-text-too-long-help = Viết ngắn lại; tài liệu dài thì đính kèm làm minh chứng.
diagnostic-report-not-looked-at = Số liệu của dòng này khác thường và chưa được đánh dấu là đã xem.
diagnostic-report-not-looked-at-help = Đối chiếu với minh chứng, rồi đánh dấu “đã xem” ở dòng đó.
diagnostic-report-same-person = Người đã thẩm tra báo cáo thì không chấp nhận báo cáo đó.
diagnostic-report-same-person-help = Đề nghị một người khác có quyền chấp nhận.
diagnostic-evidence-too-large = Tệp minh chứng lớn hơn { $limit } MB.
diagnostic-evidence-too-large-help = Chụp ảnh nhỏ hơn, hoặc dẫn liên kết đến tài liệu.
diagnostic-evidence-kind = Loại tệp này không được nhận làm minh chứng.
diagnostic-evidence-kind-help = Dùng một trong các loại: { $expected }. Tên tệp và nội dung phải cùng loại.
diagnostic-sample-of-nothing = Chưa có báo cáo nào được gửi để chọn.
diagnostic-sample-of-nothing-help = Chọn lại khi đã có báo cáo gửi lên.
diagnostic-not-an-office = “{ $found }” không phải là cơ quan.
diagnostic-not-an-office-help = Viết như { $expected }.
diagnostic-regime-code = “{ $found }” không dùng làm mã chế độ được.
diagnostic-regime-code-help = Dùng chữ thường không dấu và số, nối bằng dấu gạch, như xa-thang.
diagnostic-regime-no-name = Chế độ báo cáo cần có tên bằng cả hai ngôn ngữ.
diagnostic-regime-no-name-help = Điền name_vi và name_en.
diagnostic-regime-no-line = Chế độ báo cáo chưa hỏi chỉ tiêu nào.
diagnostic-regime-no-line-help = Thêm ít nhất một dòng trong bảng chỉ tiêu, với đúng mã chế độ.
diagnostic-regime-asks-twice = Chỉ tiêu “{ $found }” bị hỏi hai lần.
diagnostic-regime-asks-twice-help = Bỏ một dòng: mỗi số liệu chỉ nhập một lần.
diagnostic-regime-compares-stranger = Có dòng so với “{ $found }” mà biểu mẫu không hỏi.
diagnostic-regime-compares-stranger-help = Thêm chỉ tiêu đó vào biểu mẫu, hoặc bỏ phép so.
diagnostic-regime-no-reporters = Cấp này không phải là cấp báo cáo.
diagnostic-regime-no-reporters-help = Dùng commune, district hoặc province.
diagnostic-regime-days = Số ngày không hợp lệ.
diagnostic-regime-days-help = Số ngày tính từ ngày chốt số liệu, không âm; ngày khóa không trước hạn gửi.
diagnostic-sheet-too-large = Tệp lớn quá { $limit } MB.
diagnostic-sheet-too-large-help = Tải lại biểu mẫu từ trang báo cáo và nhập vào đó.
diagnostic-sheet-unreadable = Không đọc được tệp này như một bảng tính XLSX.
diagnostic-sheet-unreadable-help = Lưu lại dưới dạng .xlsx, không đặt mật khẩu, rồi nộp lại.
diagnostic-sheet-not-ours = Tệp này không phải biểu mẫu tải từ trang báo cáo.
diagnostic-sheet-not-ours-help = Tải biểu mẫu từ trang báo cáo và nhập vào đó.
diagnostic-sheet-other-report = Đây là biểu mẫu của báo cáo khác: { $found }.
diagnostic-sheet-other-report-help = Cần biểu mẫu của: { $expected }. Tải lại từ đúng trang báo cáo.
diagnostic-sheet-formula = Ô có công thức: { $found }.
diagnostic-sheet-formula-help = Chép ô đó rồi dán dưới dạng giá trị.
diagnostic-sheet-link = Tệp có liên kết tới tệp khác.
diagnostic-sheet-link-help = Ngắt mọi liên kết, dán dưới dạng giá trị, rồi nộp lại.
diagnostic-sheet-program = Tệp có chương trình hoặc đối tượng nhúng.
diagnostic-sheet-program-help = Tải lại biểu mẫu và chỉ nhập số liệu.
diagnostic-sheet-unknown-line = Dòng này không thuộc biểu mẫu: “{ $found }”.
diagnostic-sheet-unknown-line-help = Không thêm, bớt hay đổi chỗ dòng; tải lại biểu mẫu nếu cần.
diagnostic-sheet-line-twice = Chỉ tiêu “{ $found }” có hai dòng.
diagnostic-sheet-line-twice-help = Giữ lại một dòng; dòng đầu ở ô { $expected }.
diagnostic-sheet-line-missing = Biểu mẫu thiếu dòng “{ $found }”.
diagnostic-sheet-line-missing-help = Tải lại biểu mẫu và nhập vào đó.
diagnostic-sheet-text-too-long = Ô có hơn { $limit } ký tự.
diagnostic-sheet-text-too-long-help = Viết ngắn lại.
diagnostic-sheet-value = Ô có “{ $found }”, không đọc được thành một số.
diagnostic-sheet-value-help = Viết một số, như 1234 hoặc 12,5.
