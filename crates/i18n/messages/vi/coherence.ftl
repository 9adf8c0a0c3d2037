# Các chỉ tiêu có thể cùng đạt không?
cli-rorang-coherence = Các chỉ tiêu có thể cùng đạt không? Vì sao không, điều gì phải đúng, sửa thế nào
cli-rorang-coherence-database = Cơ sở dữ liệu của sổ; không có thì dùng ví dụ
cli-rorang-coherence-assume = Khoảng khác cho một giả định, ví dụ prices=2..6% (có thể ghi nhiều lần)
cli-rorang-coherence-without = Bỏ một giả định, ví dụ even_growth
cli-rorang-coherence-day = Tính đến ngày này: văn bản đến ngày đó, chỉ tiêu đến hạn sau đó (2025-01-31)
cli-rorang-coherence-json = Cho chương trình khác: kết luận, xung đột, khoảng suy ra và cách sửa ở dạng JSON

coherence-verdict-feasible = Tính đến { $day }, tất cả chỉ tiêu có thể cùng đạt. Đã tìm được một lộ trình và kiểm tra chính xác.
coherence-verdict-infeasible = Tính đến { $day }, các chỉ tiêu không thể cùng đạt.
coherence-verdict-undecided = Tính đến { $day }: chưa kết luận được trong giới hạn tính. Chưa tìm thấy lộ trình, cũng chưa tìm thấy mâu thuẫn.
coherence-more-conflicts = Có thể còn xung đột khác chưa được tìm.
coherence-assumed = giả định: { $range }
coherence-mend = { $claim } → { $nearest } (có thể: { $possible })
coherence-mend-range = { $claim } → có thể: { $possible }
coherence-mend-together = sửa cùng lúc: { $claims }
coherence-readings = Cách hiểu khác về một chỉ tiêu:
coherence-reading-feasible = khi đó không còn xung đột ấy: các chỉ tiêu có thể cùng đạt
coherence-reading-infeasible = khi đó vẫn không thể cùng đạt
coherence-reading-undecided = khi đó chưa kết luận được trong giới hạn tính
reading-last_year = chỉ là số của năm cuối
reading-other_definition = theo định nghĩa khác với danh mục (cần hỏi là định nghĩa nào)
coherence-assumptions = Giả định (đổi bằng --assume TÊN=TỪ..ĐẾN):
coherence-constant = {" "}theo giá so sánh { $year }
coherence-current = {" "}theo giá hiện hành
coherence-at-least = ít nhất { $value }
coherence-at-most = nhiều nhất { $value }
coherence-any = số bất kỳ

assumption-population_growth = Dân số tăng mỗi năm
assumption-prices = Giá (chỉ số giảm phát GRDP) tăng mỗi năm
assumption-population_base = Dân số lúc bắt đầu
assumption-even_growth = Mức tăng theo giá hiện hành như nhau mọi năm của kế hoạch

identity-grdp_per_head = GRDP bình quân đầu người × dân số trung bình = GRDP theo giá hiện hành
identity-grdp_nominal_year = GRDP theo giá hiện hành = của năm trước × (1 + mức tăng theo giá hiện hành)
identity-grdp_real_year = GRDP theo giá so sánh = của năm trước × (1 + tốc độ tăng trưởng)
identity-prices_year = 1 + mức tăng theo giá hiện hành = (1 + tốc độ tăng trưởng) × (1 + mức tăng giá)
identity-grdp_nominal_mean = GRDP năm cuối = GRDP trước giai đoạn × (1 + mức tăng bình quân theo giá hiện hành) lũy thừa số năm
identity-grdp_real_mean = tốc độ tăng bình quân là bình quân nhân của các năm
identity-grdp_real_levels = GRDP năm cuối theo giá so sánh = GRDP trước giai đoạn × (1 + tốc độ tăng bình quân) lũy thừa số năm
identity-prices_mean = mức tăng giá bình quân là bình quân nhân của các năm
identity-prices_of_means = 1 + mức tăng bình quân theo giá hiện hành = (1 + tốc độ tăng bình quân) × (1 + mức tăng giá bình quân)
identity-even_growth = mức tăng theo giá hiện hành như nhau mọi năm của giai đoạn
identity-grdp_compound = GRDP cả giai đoạn = GRDP trước giai đoạn, tăng đều từng năm rồi cộng lại
identity-grdp_sum = GRDP cả giai đoạn = tổng các năm
identity-population_year = dân số = của năm trước × (1 + tốc độ tăng)
identity-population_mean = dân số năm cuối = dân số trước giai đoạn × (1 + tốc độ tăng bình quân) lũy thừa số năm
identity-investment_sum = vốn đầu tư cả giai đoạn = tổng các năm
identity-investment_ratio_year = tỷ lệ vốn đầu tư so với GRDP × GRDP theo giá hiện hành = vốn đầu tư
identity-investment_ratio = tỷ lệ vốn đầu tư so với GRDP cả giai đoạn = tổng vốn đầu tư ÷ tổng GRDP
identity-poverty_fall_year = tỷ lệ hộ nghèo = của năm trước − mức giảm
identity-poverty_fall_mean = tỷ lệ hộ nghèo năm cuối = trước giai đoạn − số năm × mức giảm bình quân
identity-poverty_parts = tỷ lệ hộ nghèo + tỷ lệ hộ cận nghèo = tỷ lệ nghèo đa chiều
identity-poverty_households = số hộ nghèo = tỷ lệ hộ nghèo × tổng số hộ
identity-productivity = năng suất lao động × số người làm việc = GRDP theo giá hiện hành
identity-disbursed_of_plan = giải ngân không quá kế hoạch
identity-disbursement_rate = tỷ lệ giải ngân = vốn giải ngân ÷ kế hoạch
identity-grdp_shares = tỷ trọng các khu vực và thuế sản phẩm trong GRDP cộng lại bằng 100 %
identity-rural_share = số xã đạt chuẩn = tỷ lệ × số xã
identity-budget_parts = thu trên địa bàn là một phần của tổng thu ngân sách
identity-visitors_sum = khách cả giai đoạn = tổng các năm
identity-visitors_foreign = khách quốc tế là một phần của tổng số khách
identity-doctors = số bác sĩ = số bác sĩ trên 1 vạn dân × dân số ÷ 10.000
identity-urban_share = dân số đô thị = tỷ lệ đô thị hóa × dân số
identity-insured = số người có bảo hiểm = tỷ lệ bao phủ × dân số

diagnostic-assumption-form = “{ $found }” không phải là giả định kèm khoảng.
diagnostic-assumption-form-help = Ghi TÊN=TỪ..ĐẾN, ví dụ prices=2..6%.
diagnostic-assumption-turned-round = Khoảng của giả định “{ $assumption }” bị đảo ngược: từ { $lower } đến { $upper }.
diagnostic-assumption-turned-round-help = Ghi số nhỏ trước.
diagnostic-unknown-assumption = Không có giả định “{ $found }”.
diagnostic-unknown-assumption-help = Các giả định là: { $known }.
diagnostic-identity-columns = Một dòng đẳng thức có { $found } cột, không phải { $expected }.
diagnostic-identity-columns-help = Ghi id,over,relation,needs,derived,source.
diagnostic-identity-over = “{ $found }” không phải year hay span.
diagnostic-identity-over-help = Ghi year hoặc span.
diagnostic-identity-twice = Đẳng thức “{ $found }” có hai lần.
diagnostic-identity-twice-help = Đặt tên khác, hoặc xóa dòng này.
diagnostic-identity-unreadable = Không đọc được công thức: cần { $expected }, gặp “{ $found }”.
diagnostic-identity-unreadable-help = Ghi như: grdp.per_capita * population.total = grdp.level@current
diagnostic-identity-circle = Đẳng thức “{ $identity }” định nghĩa { $indicator } bằng chính nó.
diagnostic-identity-circle-help = Bỏ một đẳng thức của vòng.
diagnostic-identity-indicator-unknown = Đẳng thức “{ $identity }” nói về { $indicator }, chỉ tiêu không có trong danh mục.
diagnostic-identity-indicator-unknown-help = Sửa mã chỉ tiêu, hoặc thêm chỉ tiêu vào danh mục.

# Phần đã để riêng, nói bằng tên
coherence-note = { $what }: { $why }
coherence-note-target-of-a-scope = chỉ tính một phần hoặc tính theo cách khác với định nghĩa, nên không đối chiếu với các chỉ tiêu khác.
coherence-note-target-partly-past = một phần thời gian này đã qua, nên không đối chiếu với các chỉ tiêu khác.
coherence-note-target-superseded = văn bản sau đã đặt giá trị khác; ở đây dùng văn bản sau. Chỉ tiêu trước còn hiệu lực hay không là do cơ quan ban hành trả lời.
coherence-note-price-basis-unsaid = văn bản không nói theo giá nào, nên chưa đối chiếu được. Cần ghi rõ giá hiện hành hay giá so sánh (năm gốc nào).
coherence-note-price-basis-mismatch = số theo giá so sánh, còn đẳng thức dùng giá hiện hành, nên chưa đối chiếu được.
coherence-note-claim-turned-round = khoảng này có đầu sau nhỏ hơn đầu trước; cần sửa trong sổ.
coherence-note-claim-impossible-alone = tự nó đã không thể (như tỷ lệ trên 100%); phần còn lại được kiểm tra không có nó. Cần hỏi cơ quan ban hành.
coherence-note-claim-set-aside = trái với kết quả hoặc giả định khác nên được để riêng; phần còn lại được kiểm tra không có nó.

# Các nhóm và từng bước
coherence-conflict = Nhóm { $number }: { $kind }
coherence-kind-targets = các chỉ tiêu không thể cùng đạt
coherence-kind-alone = chỉ tiêu tự nó không thể đạt
coherence-kind-result = chỉ tiêu trái với kết quả đã có
coherence-kind-assumption = chỉ tiêu trái với giả định
coherence-kind-given = kết quả và giả định trái nhau
coherence-given = trong khi đã biết hoặc giả định:
coherence-follow = Tính từng bước:
coherence-compound-x = ({ $sum }), với x = { $inner }
coherence-compound-root-x = x, với x là nghiệm của { $sum } = { $inner }
coherence-step-gives = được { $range }
coherence-but = Như vậy { $quantity } phải là { $range }, nhưng { $claim }.
web-coherence-but = Theo các số dưới đây, { $quantity } phải là { $range }, nhưng { $claim }.
coherence-but-target = chỉ tiêu đặt ra là { $value }
coherence-but-result = kết quả đã có là { $value }
coherence-but-assumption = giả định là { $value }
coherence-but-plain = Điều này trái với: { $claim }
coherence-alone = { $claim }: không số nào thỏa mãn.
coherence-implied = Điều khi đó phải đúng (nếu chọn cách sửa đầu tiên của mỗi nhóm):
coherence-mends = Cách sửa, mỗi cách đủ cho những nhóm có mặt nó:
coherence-mend-widened = nới giả định { $claim } thành { $range }

# Trang
web-analysis-coherence = Các chỉ tiêu của những năm tới có mâu thuẫn với nhau không; vì sao, điều gì phải đúng và sửa thế nào.
web-coherence-title = Có cùng đạt được không?
web-coherence-count = { $targets ->
    [0] {""}
   *[other] { $targets } nhóm chỉ tiêu không thể cùng đạt.
  }{ $others ->
    [0] {""}
   *[other] {" "}{ $others } chỉ tiêu trái với kết quả đã có hoặc với giả định.
  }
web-coherence-todo = Nên xem trước: cách hiểu khác và cách sửa.
web-coherence-how = Mỗi khoảng “a–b” nghĩa là từ a đến b. Để kiểm tra bằng máy tính tay, tính với hai đầu của khoảng; phép chia lấy đầu kia của số chia. Kết quả được làm tròn ra ngoài.
web-coherence-clashes = Những nhóm không thể cùng đạt
web-coherence-against = Trái với giả định hoặc kết quả
web-coherence-against-text = Mỗi chỉ tiêu dưới đây có thể đạt cùng các chỉ tiêu khác, nhưng không đạt được nếu giả định đúng như đã nêu. Giả định đổi được ở cuối trang.
web-coherence-mends = Cách sửa
web-coherence-mends-text = Mỗi cách sửa một chỗ và giữ nguyên mọi chỗ khác; đã tìm được lộ trình chứng minh là đủ cho những nhóm có mặt nó. Chọn cách nào là việc của cơ quan có thẩm quyền.
web-coherence-mend-for = Cho nhóm { $numbers }
web-coherence-mend-to = { $claim }: đổi thành { $nearest }
web-coherence-mend-possible = phần còn lại cho phép { $possible }
web-coherence-mend-only = { $claim }: phần còn lại chỉ cho phép { $possible }
web-coherence-mend-widen = Giả định “{ $claim }” (đang là { $now }): nới thành { $range }
web-coherence-readings = Nếu hiểu chỉ tiêu theo cách khác
web-coherence-readings-text = Văn bản không nói rõ; nên hỏi cơ quan ban hành trước khi sửa số.
web-coherence-reading = { $claim } – nếu hiểu { $reading }:
web-coherence-reading-possible = Khi đó { $quantity } phải là { $range }.
web-coherence-implied = Điều phải đúng
web-coherence-implied-fixed = Nếu chọn cách sửa đầu tiên của mỗi nhóm, các số sau phải nằm trong khoảng này.
web-coherence-implied-feasible = Để mọi chỉ tiêu cùng đạt, các số sau phải nằm trong khoảng này.
web-coherence-quantity = Chỉ số
web-coherence-must = Phải là
web-coherence-stands = Đang đặt ra hoặc giả định
web-coherence-role-target = chỉ tiêu { $value }
web-coherence-role-result = kết quả { $value }
web-coherence-role-assumption = giả định { $value }
web-coherence-fit-inside = phù hợp
web-coherence-fit-partly = chỉ phù hợp một phần
web-coherence-fit-outside = không phù hợp
web-coherence-bar = { $name }: phải là { $range }; { $stands }
web-coherence-bar-alone = { $name }: phải là { $range }
web-coherence-legend-must = khoảng phải có
web-coherence-legend-stands = đang đặt ra hoặc giả định
web-coherence-by-year = Từng năm và các số khác ({ $count })
web-coherence-path = Một lộ trình mà mọi chỉ tiêu cùng đạt
web-coherence-path-text = Đây là một trong nhiều lộ trình, để chứng minh là có thể; không phải dự báo hay đề xuất.
web-coherence-value = Giá trị
web-coherence-assumptions = Giả định
web-coherence-assumptions-text = Đây là giả định để tính, không lấy từ văn bản nào. Đổi rồi bấm “Tính lại”; địa chỉ trang giữ các giả định, gửi được cho người khác.
web-coherence-from = từ
web-coherence-to = đến
web-coherence-drop = Bỏ giả định này
web-coherence-day = Tính đến ngày
web-coherence-day-help = Chỉ dùng văn bản đến ngày này. Để trống: hôm nay.
web-coherence-again = Tính lại
web-coherence-reset = Về giả định ban đầu
web-coherence-bad-number = “{ $found }” không phải là số. Ghi như 1,5.
web-coherence-bad-wild = { $found } nằm ngoài phạm vi tính được. Ghi số từ { $lower } đến { $upper }.
web-coherence-bad-order = Khoảng bị ngược: từ { $lower } đến { $upper }. Ghi số nhỏ ở ô “từ”.
web-coherence-bad-day = “{ $found }” không phải là ngày. Ghi như 2026-11-22.
web-coherence-bad = Chưa tính được: có ô cần sửa
web-coherence-notes = Chưa đối chiếu
web-coherence-none = Trong sổ chưa có chỉ tiêu nào của những năm tới để đối chiếu.
web-coherence-clash-here = Không thể cùng đạt với:
web-coherence-clash-assumed = Trái với giả định hoặc kết quả đã có:
web-coherence-clash-why = xem vì sao
coherence-of-change = Mức thay đổi của { $name }
coherence-of-change-a-year = Mức thay đổi bình quân mỗi năm của { $name }
coherence-of-growth = Tốc độ tăng của { $name }
coherence-of-units = Số { $among } có { $name } { $condition }
identity-change_year = giá trị năm nay = giá trị năm trước + mức thay đổi
identity-change_span = giá trị năm cuối = giá trị trước giai đoạn + mức thay đổi
identity-change_mean_year = giá trị năm nay = giá trị năm trước + mức thay đổi
identity-change_mean = giá trị năm cuối = giá trị trước giai đoạn + số năm × mức thay đổi bình quân mỗi năm
identity-growth_year = giá trị năm nay = giá trị năm trước × (1 + tốc độ tăng)
identity-growth_mean = giá trị năm cuối = giá trị trước giai đoạn × (1 + tốc độ tăng bình quân) lũy thừa số năm
identity-units_within = đơn vị đạt mức chặt hơn thì cũng đạt mức rộng hơn, nên không thể nhiều hơn
coherence-note-change-without-start = văn bản không nói thay đổi so với năm nào và sổ chưa có kết quả năm trước, nên chưa đối chiếu được. Cần ghi mốc xuất phát.
