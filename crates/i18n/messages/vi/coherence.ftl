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
coherence-conflict = Xung đột { $number }: những chỉ tiêu này không thể cùng đạt
coherence-given = trong khi:
coherence-follow = Từng bước:
coherence-but = Trái với: { $claim }
coherence-more-conflicts = Có thể còn xung đột khác chưa được tìm.
coherence-implied = Điều khi đó phải đúng (nếu sửa theo cách đầu tiên):
coherence-assumed = giả định: { $range }
coherence-mends = Cách sửa; mỗi cách đủ cho những xung đột mà nó có mặt:
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
coherence-constant = {" "}theo giá { $year }
coherence-current = {" "}theo giá hiện hành
coherence-at-least = ít nhất { $value }
coherence-at-most = nhiều nhất { $value }
coherence-any = số bất kỳ
coherence-compound = , cộng dồn qua { $n } năm (x + x² + … )
coherence-compound-root = , giải x từ x + x² + … qua { $n } năm

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
diagnostic-price-basis-unsaid = { $indicator }, { $period }: không ai ghi theo giá nào, nên không dùng được.
diagnostic-price-basis-unsaid-help = Ghi rõ theo giá hiện hành hay giá so sánh, và năm gốc nào.
diagnostic-price-basis-mismatch = { $indicator }, { $period }: ghi theo giá so sánh, còn các đẳng thức theo giá hiện hành; không dùng.
diagnostic-price-basis-mismatch-help = Ghi giá trị theo giá hiện hành.
diagnostic-claim-turned-round = { $claim }: khoảng kết thúc trước khi bắt đầu ({ $lower } đến { $upper }); không dùng.
diagnostic-claim-turned-round-help = Sửa giá trị trong sổ.
diagnostic-claim-impossible-alone = { $claim } tự nó đã không thể (như tỷ lệ trên 100 %); phần còn lại được kiểm tra không có nó.
diagnostic-claim-impossible-alone-help = Sửa trong sổ, hoặc hỏi cơ quan ban hành muốn nói gì.
diagnostic-claim-set-aside = { $claim } trái với kết quả hoặc giả định khác nên được để riêng; phần còn lại được kiểm tra không có nó.
diagnostic-claim-set-aside-help = Xem xung đột không có chỉ tiêu nào, rồi xác định giá trị nào đúng.
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
diagnostic-target-partly-past = { $indicator }, { $period }: một phần thời gian này đã qua, nên chỉ tiêu không được đối chiếu với các chỉ tiêu khác.
diagnostic-target-partly-past-help = Đặt chỉ tiêu cho những năm còn lại, hoặc xem ở trang riêng của chỉ tiêu.
diagnostic-target-superseded = { $indicator }, { $period }: văn bản sau đặt giá trị khác { $value }; đã dùng văn bản sau.
diagnostic-target-superseded-help = Chỉ tiêu trước còn hiệu lực hay không là do hai cơ quan ban hành trả lời.
