# Cây đơn vị với số liệu tổng hợp.
tree-title = Số liệu tổng hợp theo đơn vị
tree-lead = Mỗi đơn vị với các đơn vị cấp dưới: số liệu cấp dưới cộng lại thành bao nhiêu, và đã có bao nhiêu đơn vị, bao nhiêu phần dân số. Chọn con số để xem nó từ đâu mà có.
tree-units = { $count } đơn vị cấp dưới, { $period }.
tree-population = Phần dân số tính theo dân số năm { $years } của { $known } trên { $of } xã, phường.
tree-none = Các đơn vị cấp dưới chưa báo cáo gì trong kỳ này.
tree-reported = tự báo cáo
tree-coverage = { $known } trên { $of } xã, phường, { $population } dân số
tree-link = Các đơn vị cấp dưới và số liệu tổng hợp
tree-coverage-units = { $known } trên { $of } xã, phường
