# Nhiệm vụ: ai làm gì, bao giờ xong, kết quả ra sao.

web-act-task-drafted = Soạn nhiệm vụ
web-act-task-stepped = Việc làm với nhiệm vụ
web-act-rules-set = Đặt quy tắc
web-act-scored = Chấm điểm chung

task-board-title = Nhiệm vụ
task-board-all = Tất cả nhiệm vụ
task-board-mine = Nhiệm vụ của tôi
task-board-waiting = Đang chờ tôi
task-board-office = Nhiệm vụ của { $office }
task-board-lead = { $count } nhiệm vụ: { $done } đã xong và được xác nhận, { $late } đang quá hạn.
task-board-empty = Không có nhiệm vụ nào ở đây.
task-whose = Nhiệm vụ của ai
task-how-they-stand = Tình hình nhiệm vụ
task-standing-all = Tất cả
task-standing-open = Đang làm
task-standing-late = Quá hạn
task-standing-soon = Đến hạn trong 7 ngày
task-standing-stuck = Đang vướng
task-standing-done = Đã xong
task-by-office = Xem theo cơ quan
task-office = Cơ quan
task-show = Xem
task-pages = Các trang
task-page-before = { $count } nhiệm vụ trước
task-page-next = { $count } nhiệm vụ tiếp theo

task-stage-drafted = Bản nháp
task-stage-handed-over = Đã giao, chưa nhận
task-stage-contested = Nơi nhận có ý kiến
task-stage-under-way = Đang làm
task-stage-handed-in = Đã nộp, chờ xác nhận
task-stage-done = Đã xong
task-stage-cancelled = Đã hủy
task-late = Quá hạn
task-was-late = Xong muộn
task-stuck = Đang vướng
task-internal = Nội bộ
task-due-today = hạn là hôm nay
task-days-left = còn { $count } ngày
task-days-over = quá { $count } ngày
task-first-due = (hạn đầu tiên { $day })
task-no-due = chưa có hạn
task-standing = thường xuyên
task-no-lead = chưa có cơ quan chủ trì

task-field-title = Việc phải làm
task-field-lead = Cơ quan chủ trì
task-field-supporters = Cơ quan phối hợp
task-field-assigner = Cơ quan giao
task-field-product = Sản phẩm
task-field-power = Thẩm quyền, căn cứ
task-field-start = Tính từ ngày
task-field-due = Hạn
task-field-result = Kết quả phải đạt
task-field-serves = Phục vụ chỉ tiêu
task-field-weight = Hệ số quy đổi (1 nếu để trống)
task-field-clause = Câu trong văn bản
task-per-cent = Đã làm
task-done-by-post = người giữ vị trí «{ $post }» trực tiếp làm
task-not-clear-yet = Chưa đủ rõ để giao; còn thiếu:
task-from-finding = Giao từ một chỗ số liệu khác nhau

task-parts = Các phần việc
task-parts-done = Đã xong { $done } trong { $count } phần.
task-divide = Giao phần việc cho cấp dưới
task-several-leads = Giao cùng lúc cho nhiều cơ quan, mỗi nơi một phần việc
task-offices-province = Cấp tỉnh: Ủy ban, sở, ngành
task-offices-communes = Xã, phường
task-target = Chỉ tiêu có nhúc nhích không?
task-moved-caution = Các vạch đứng là những ngày của nhiệm vụ này. Con số thay đổi sau một ngày nào đó chưa chắc là do việc này: còn nhiều nguyên nhân khác.
task-day-handed-over = giao { $day }
task-day-first-due = hạn đầu tiên { $day }
task-day-due = hạn { $day }
task-day-done = xác nhận xong { $day }

task-timeline = Diễn biến
task-timeline-empty = Chưa có gì xảy ra từ khi soạn.
task-public-note = Ở đây công dân thấy cơ quan nào làm gì, ngày nào. Lời trao đổi và tài liệu kèm theo chỉ những cơ quan liên quan đọc được.
task-until = đến { $day }
task-grave = lỗi nghiêm trọng
task-excused = chậm do nguyên nhân khách quan
task-kilobytes = ({ $count } kB)
task-observation = số liệu ở mục { $number }

task-party-assigner = cơ quan giao
task-party-lead = cơ quan chủ trì
task-party-supporter = cơ quan phối hợp
task-party-asked = cơ quan được hỏi

task-act-rewrite = Sửa bản nháp
task-act-assign = Giao nhiệm vụ
task-act-acknowledge = Đã nhận
task-act-contest = Có ý kiến, chưa nhận
task-act-reassign = Giao lại
task-act-appoint = Cử người làm
task-act-progress = Báo cáo tiến độ
task-act-difficulty = Nêu vướng mắc
task-act-refer = Chuyển vướng mắc
task-act-answer = Trả lời vướng mắc
task-act-ask-extension = Xin lùi hạn
task-act-grant-extension = Cho lùi hạn
task-act-refuse-extension = Không cho lùi hạn
task-act-submit = Nộp sản phẩm
task-act-confirm = Xác nhận đã xong
task-act-return = Trả lại, chưa xong
task-act-cancel = Hủy nhiệm vụ

task-now = Việc có thể làm lúc này
task-as = Với tư cách { $party }.
task-others = Việc của cơ quan khác, và ai làm được
task-nothing-left = Nhiệm vụ đã khép lại; không còn việc gì.
task-nothing-for-you = Lúc này không có việc nào thuộc quyền của bạn.
task-optional = (không bắt buộc)
task-must = bắt buộc khi giao
task-do-rewrite = Sửa bản nháp
task-do-assign = Giao nhiệm vụ này
task-do-acknowledge = Nhận nhiệm vụ
task-do-contest = Nêu ý kiến, chưa nhận
task-do-reassign = Giao lại hoặc giao cơ quan khác
task-do-appoint = Cử vị trí trực tiếp làm
task-do-progress = Báo cáo tiến độ
task-do-difficulty = Nêu vướng mắc
task-do-refer = Chuyển vướng mắc cho nơi giải quyết được
task-do-answer = Trả lời vướng mắc
task-do-ask-extension = Xin lùi hạn
task-do-grant-extension = Cho lùi hạn
task-do-refuse-extension = Không cho lùi hạn
task-do-submit = Nộp sản phẩm
task-do-confirm = Xác nhận đã xong
task-do-return = Trả lại
task-do-cancel = Hủy nhiệm vụ
task-do-divide = Giao phần việc
task-reason = Lý do
task-answer-words = Sẽ giải quyết thế nào
task-return-words = Còn thiếu gì
task-confirm-words = Lời nhắn
task-grave-tick = Là lỗi nghiêm trọng (trừ điểm chất lượng)
task-excused-tick = Chậm do nguyên nhân khách quan (không trừ điểm)
task-new-lead = Cơ quan chủ trì mới
task-refer-to = Cơ quan giải quyết được
task-refer-words = Đề nghị làm gì
task-difficulty-words = Vướng ở đâu, cần gì
task-who-can-help = Ai giải quyết được
task-the-assigner = Cơ quan giao nhiệm vụ
task-progress-words = Đã làm được gì từ lần trước
task-per-cent-field = Đã làm được bao nhiêu phần trăm
task-submit-words = Đã làm ra sản phẩm gì
task-until-field = Xin đến ngày
task-post-field = Vị trí trực tiếp làm
task-evidence-files = Tệp minh chứng
task-evidence-hint = PDF, DOCX, XLSX, ảnh PNG hoặc JPEG, văn bản thuần; mỗi tệp không quá 10 MB.
task-evidence-links = Địa chỉ trang mạng, mỗi dòng một địa chỉ
task-evidence-observations = Số liệu trong sổ (số mục)

task-done-draft = Đã lưu bản nháp.
task-done-rewrite = Đã sửa bản nháp.
task-done-assign = Đã giao. Cơ quan chủ trì cần nhận.
task-done-acknowledge = Đã nhận nhiệm vụ.
task-done-contest = Đã gửi ý kiến cho cơ quan giao.
task-done-reassign = Đã giao lại.
task-done-appoint = Đã cử người làm.
task-done-progress = Đã ghi tiến độ.
task-done-difficulty = Đã nêu vướng mắc.
task-done-refer = Đã chuyển vướng mắc.
task-done-answer = Đã trả lời.
task-done-ask-extension = Đã gửi đề nghị lùi hạn.
task-done-grant-extension = Đã cho lùi hạn; hạn đầu tiên vẫn giữ để biết.
task-done-refuse-extension = Đã trả lời: không lùi hạn.
task-done-submit = Đã nộp. Nhiệm vụ chỉ xong khi cơ quan giao xác nhận.
task-done-confirm = Đã xác nhận xong.
task-done-return = Đã trả lại: nhiệm vụ chưa xong.
task-done-cancel = Đã hủy.

task-new = Giao việc mới
task-new-intro = Viết cho rõ: ai làm, việc gì, bao giờ xong, kết quả ra sao.
task-hand-over = Giao ngay
task-save-draft = Lưu bản nháp
task-whole-part = Cả đoạn
task-standing-tick = Việc thường xuyên, không có hạn cuối
task-internal-tick = Nội bộ: chỉ các cơ quan liên quan được biết
task-no-target = Không gắn chỉ tiêu
task-from-here = Giao việc từ đoạn này
task-serving = Nhiệm vụ phục vụ chỉ tiêu này
task-from-document = Nhiệm vụ giao từ văn bản này
task-from-finding-here = Giao việc làm rõ chỗ này

diagnostic-task-field-missing = Chưa rõ: { $field ->
    [title] việc phải làm
    [lead] cơ quan chủ trì
    [supporters] cơ quan phối hợp
    [product] sản phẩm
    [power] thẩm quyền, căn cứ
    [due] hạn
    [result] kết quả phải đạt
   *[serves] chỉ tiêu mà nhiệm vụ phục vụ
 }.
diagnostic-task-field-missing-help = Điền vào rồi giao; hoặc lưu bản nháp để bổ sung sau.
diagnostic-task-not-now = Lúc này không làm được việc đó với nhiệm vụ.
diagnostic-task-not-now-help = Xem lại trang nhiệm vụ: ở đó có những việc làm được lúc này.
diagnostic-office-ended = { $found } không còn hoạt động (đến { $until }).
diagnostic-office-ended-help = Chọn cơ quan đã tiếp nhận nhiệm vụ của cơ quan này.
diagnostic-unknown-target = Sổ không có chỉ tiêu số { $found } đang còn hiệu lực.
diagnostic-unknown-target-help = Chọn chỉ tiêu trong danh sách, hoặc để trống.
diagnostic-not-per-cent = “{ $found }” không phải là số phần trăm từ 0 đến 100.
diagnostic-not-per-cent-help = Viết một số nguyên, ví dụ 40.
diagnostic-not-a-weight = “{ $found }” không phải là hệ số quy đổi.
diagnostic-not-a-weight-help = Viết một số nguyên từ 1 đến 100, hoặc để trống.
diagnostic-due-before-start = Ngày { $found } phải sau { $after }.
diagnostic-due-before-start-help = Chọn hạn muộn hơn, hoặc sửa ngày bắt đầu tính.
diagnostic-text-too-long = Dài quá { $limit } ký tự.
diagnostic-text-too-long-help = Viết gọn lại, hoặc kèm tệp.
diagnostic-clause-not-in-document = Văn bản không có đúng câu này.
diagnostic-clause-not-in-document-help = Chọn câu ngay trên trang của văn bản.
diagnostic-part-by-another = Chỉ cơ quan chủ trì mới chia được nhiệm vụ này.
diagnostic-part-by-another-help = Nhờ cơ quan chủ trì giao phần việc.
diagnostic-part-after-whole = Phần việc có hạn { $found }, sau hạn { $limit } của cả nhiệm vụ.
diagnostic-part-after-whole-help = Chọn hạn sớm hơn, hoặc xin lùi hạn cả nhiệm vụ trước.
diagnostic-task-evidence-too-large = Tệp “{ $found }” lớn hơn { $limit } MB.
diagnostic-task-evidence-too-large-help = Nén tệp, hoặc ghi địa chỉ nơi để tệp.
diagnostic-task-evidence-type = Không nhận tệp “{ $found }”.
diagnostic-task-evidence-type-help = Gửi PDF, DOCX, XLSX không có macro, ảnh PNG hoặc JPEG, hoặc văn bản thuần.
diagnostic-task-evidence-too-many = Nhiều hơn { $limit } minh chứng.
diagnostic-task-evidence-too-many-help = Gộp lại thành ít tệp hơn.
diagnostic-unknown-observation = Sổ không có số liệu ở mục { $found }.
diagnostic-unknown-observation-help = Ghi số mục của số liệu, ví dụ 120.

diagnostic-cell-formula = Ô này là công thức “{ $found }”, không phải chữ hay số được ghi ra.
diagnostic-cell-formula-help = Chép lại thành giá trị (dán đặc biệt, chỉ giá trị) rồi gửi lại.
diagnostic-not-a-table-file = Tệp này không phải DOCX, XLSX hay CSV.
diagnostic-not-a-table-file-help = Lưu phụ lục thành DOCX, XLSX hoặc CSV rồi gửi lại.
diagnostic-annex-no-table = Không thấy bảng nào có các cột nhiệm vụ, cơ quan chủ trì và thời hạn.
diagnostic-annex-no-table-help = Đặt tên cột như “Nhiệm vụ”, “Cơ quan chủ trì”, “Thời hạn”, hoặc bằng tiếng Anh “Task”, “Lead”, “Deadline”.
diagnostic-annex-several-leads = Một nhiệm vụ chỉ có một cơ quan chủ trì; ở đây ghi “{ $found }”.
diagnostic-annex-several-leads-help = Để lại một cơ quan chủ trì; các cơ quan khác ghi ở cột phối hợp.
diagnostic-not-a-deadline = Không hiểu thời hạn “{ $found }”.
diagnostic-not-a-deadline-help = Viết như 30/9/2026, tháng 9/2026, quý III/2026, năm 2026 hoặc thường xuyên.

task-import-title = Nhập từ phụ lục kế hoạch
task-import-lead = Gửi phụ lục (DOCX, XLSX hoặc CSV) có các cột nhiệm vụ, cơ quan chủ trì, phối hợp, thời hạn, sản phẩm. Xem trước từng dòng rồi mới ghi; có một dòng sai thì không ghi dòng nào.
task-import-file = Tệp phụ lục
task-import-document = Văn bản của kế hoạch trong sổ
task-import-no-document = Không gắn văn bản
task-import-look = Xem trước
task-import-record = Ghi thành bản nháp
task-import-hand-over = Ghi và giao ngay
task-import-rows = { $count } nhiệm vụ trong tệp
task-import-known = đã có trong sổ
task-import-done = Đã ghi { $count } nhiệm vụ; { $known } nhiệm vụ đã có từ trước.
task-import-nothing = Không ghi dòng nào.
task-row = Dòng

cli-rorang-import-tasks = Nhập nhiệm vụ từ phụ lục của một kế hoạch: nhập tất cả hoặc không nhập gì
cli-rorang-import-tasks-file = Phụ lục (DOCX, XLSX, CSV)
cli-rorang-import-tasks-assigner = Cơ quan giao, như VN-11 hoặc VN-11/finance
cli-rorang-import-tasks-document = Số của văn bản kế hoạch trong sổ
cli-rorang-import-tasks-start = Ngày của kế hoạch, từ đó tính nhiệm vụ
cli-rorang-import-tasks-hand-over = Giao ngay
cli-rorang-import-tasks-dry-run = Chỉ xem sẽ ghi những gì
cli-rorang-import-tasks-database = Tệp cơ sở dữ liệu; chưa có thì được tạo
cli-rorang-import-tasks-by = Người đứng tên ghi

diagnostic-not-a-mail-address = “{ $found }” không phải là địa chỉ thư điện tử.
diagnostic-not-a-mail-address-help = Viết như ten@dienbien.gov.vn, hoặc để trống.

cli-rorang-remind = Nhắc việc: xem hoặc gửi cho mỗi người một thư tổng hợp
cli-rorang-remind-dry-run = Chỉ xem, không gửi
cli-rorang-remind-send = Gửi thư của hôm nay, mỗi người một lần
cli-rorang-remind-again = Gửi lại thư mà lần chạy trước có thể đã gửi rồi mới đứt
cli-rorang-remind-settings = Tệp cài đặt máy chủ thư; biến môi trường được lấy trước
cli-rorang-remind-database = Tệp cơ sở dữ liệu
remind-no-address = chưa có địa chỉ thư
remind-count = { $count } người có việc cần nhắc.
remind-failed = Chưa gửi được cho { $name }: { $why }
remind-sent = Đã gửi { $sent } thư; { $known } đã gửi từ trước; { $unsure } chưa rõ đã gửi chưa; { $failed } không gửi được; { $nowhere } người chưa có địa chỉ.
remind-subject = Rõ Ràng: { $count } việc cần để ý
remind-hello = Kính gửi { $name },
remind-end = Mỗi ngày một thư, chỉ khi có việc. Không cần trả lời thư này.
remind-overdue = Quá hạn { $days } ngày
remind-due-soon = Còn { $days } ngày
remind-unreceived = Đã giao { $days } ngày, chưa nhận
remind-silent = { $days } ngày chưa có tin
remind-unanswered = Chờ trả lời { $days } ngày
remind-climbed = {" "}– báo lên cấp trên vì để lâu

task-board-empty-waiting = Không có việc nào đang chờ bạn.
task-board-empty-public = Chưa có nhiệm vụ nào được giao công khai ở đây.
task-calendar-office = Lịch hạn của cơ quan này (.ics)
task-reminders-title = Nhắc việc của tôi
task-reminders-lead = Mỗi ngày nhiều nhất một thư, chỉ khi có việc sắp đến hạn, quá hạn hoặc đang chờ bạn.
task-reminders-done = Đã lưu.
task-reminders-address = Địa chỉ thư điện tử (để trống nếu không muốn nhận thư)
task-reminders-save = Lưu
task-calendar-title = Lịch trên điện thoại
task-calendar-lead = Thêm địa chỉ này vào ứng dụng lịch để thấy hạn của các nhiệm vụ. Ai có địa chỉ cũng đọc được lịch, nên hãy giữ kín; lộ thì đổi địa chỉ mới.
task-calendar-once = Địa chỉ chỉ hiện một lần; chép lại ngay:
task-calendar-new = Tạo địa chỉ lịch
task-calendar-renew = Đổi địa chỉ mới
task-calendar-end = Thu hồi địa chỉ

task-mine-title = Việc của tôi
task-mine-lead = Những gì đang chờ bạn, hôm nay.
task-mine-reports = Báo cáo cần điền và gửi
task-mine-desk = Bàn duyệt số liệu
task-mine-nothing = Không có gì đang chờ bạn.

# Những mục mà nhiệm vụ phải rõ.
cli-rorang-task = Quy định chung về nhiệm vụ
cli-rorang-task-rules = Xem hoặc đặt những mục phải rõ trước khi giao nhiệm vụ
cli-rorang-task-rules-required = Các mục, cách nhau bằng dấu phẩy: title, lead, supporters, product, power, due, result, serves
cli-rorang-task-rules-reason = Lý do, chẳng hạn số quyết định
cli-rorang-task-rules-database = Tệp cơ sở dữ liệu đã có
cli-rorang-task-rules-by = Ghi dưới tên người này
task-rules-set = Đã đặt. Áp dụng cho mọi nhiệm vụ giao từ nay; nhiệm vụ đã giao giữ nguyên.
task-rules-same = Các mục này vốn đã bắt buộc; không ghi gì thêm.
diagnostic-unknown-task-field = Nhiệm vụ không có mục “{ $found }”.
diagnostic-unknown-task-field-help = Các mục có thể chọn: { $known }.
diagnostic-task-rules-no-reason = Chưa nêu lý do thay đổi các mục bắt buộc.
diagnostic-task-rules-no-reason-help = Ghi số quyết định, hoặc một câu.

# Trang đặt những mục phải rõ.
task-rules-title = Những mục phải rõ
task-rules-lead = Nhiệm vụ thiếu một trong các mục này thì chưa giao được. Thay đổi chỉ áp dụng cho nhiệm vụ giao từ nay; nhiệm vụ đã giao giữ nguyên.
task-rules-now = Đang yêu cầu:
task-rules-nobody = (chưa ai đặt: bốn «rõ» của tỉnh)
task-rules-presets = Chọn nhanh một bộ rồi xem thử:
task-rules-four = 4 rõ: vai trò, trách nhiệm, thời gian, kết quả
task-rules-five = 5 rõ: người, việc, tiến độ, trách nhiệm, hiệu quả
task-rules-six = 6 rõ: người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền
task-rules-must = Phải có trước khi giao
task-rules-always = luôn phải có
task-rules-reason-hint = Số quyết định hoặc một câu, ví dụ «Theo Công điện về 6 rõ».
task-rules-look = Xem thử
task-rules-do = Áp dụng
task-rules-lacking = { $count } trong { $drafts } bản nháp sẽ còn thiếu
task-rules-none-lacking = Mọi bản nháp hiện có đều đủ các mục này.
task-rules-a-draft = một bản nháp
task-rules-lacks = thiếu: { $fields }

# Giao việc từ các câu của một văn bản.
task-clauses-title = Giao việc từ văn bản này
task-clauses-link = Giao nhiều việc từ văn bản này
task-clauses-lead = Những câu có vẻ là yêu cầu, với cơ quan chủ trì và thời hạn đọc được trong câu. Máy chỉ gợi ý: đọc lại từng câu, sửa, rồi chọn. Câu gốc luôn đi kèm nhiệm vụ.
task-clauses-none = Không thấy câu nào trong văn bản này giống một yêu cầu. Có thể giao việc từ từng đoạn ở trang văn bản.
task-clauses-plain = Câu có nêu cơ quan: { $count }
task-clauses-no-plain = Không có câu nào nêu rõ cơ quan chưa được giao việc.
task-clauses-others = Các câu khác có thể là yêu cầu: { $count }
task-clauses-pick = Giao việc từ câu { $row }
task-clauses-row = Câu { $row }
task-clauses-known = Đã có nhiệm vụ từ câu này.
task-clauses-for-all = (chung cho các việc được chọn; sửa riêng sau được)
task-clauses-standing = Câu này nói việc thường xuyên: để trống ngày nếu không có hạn cuối.
task-clauses-draft = Lưu các việc đã chọn thành bản nháp
task-clauses-hand-over = Giao ngay các việc đã chọn
task-clauses-done = Đã ghi { $count } nhiệm vụ từ văn bản này.
diagnostic-no-clause-picked = Chưa chọn câu nào.
diagnostic-no-clause-picked-help = Đánh dấu những câu cần giao việc rồi gửi lại.

task-value-before = Trước khi giao ({ $day })
task-value-since = Mới nhất kể từ khi giao
task-value-after = Mới nhất sau khi xong ({ $day })
task-value-target = Phải đạt
task-value-none-before = chưa có số liệu nào trước ngày đó
task-value-none-since = chưa có số liệu nào của kỳ kết thúc sau ngày giao
task-value-none-after = chưa có số liệu nào của kỳ kết thúc sau ngày xong
