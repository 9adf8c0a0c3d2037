# Phân bổ chỉ tiêu: bằng tay, cho sở ngành, và giao chính thức.
cascade-to = Phân bổ cho
cascade-to-communes = Các xã, phường
cascade-to-departments = Các sở, ban, ngành
cascade-hand-how = Nhập phần của từng đơn vị rồi chọn «Tính lại» để xem còn bao nhiêu chưa phân bổ. Ô để trống là phần chưa quyết định.
cascade-hand-again = Tính lại
cascade-given = Đã giao
cascade-adopt = Giao thành chỉ tiêu của từng đơn vị
cascade-adopt-means = { $count } phần trên đây sẽ được ghi vào sổ thành chỉ tiêu của từng đơn vị, kèm văn bản quyết định và lý do. Chỉ tiêu đã giao trước đó mà khác đi thì được thay, bản cũ vẫn xem lại được.
cascade-adopt-simulated = Các phần này tính từ số liệu mô phỏng nên sẽ được ghi là mô phỏng.
cascade-adopt-button = Ghi vào sổ
cascade-field-residual = Phần chưa phân bổ dùng vào việc gì (phải ghi rõ)
cascade-field-document = Văn bản quyết định
cascade-done = Đã ghi vào sổ. Mỗi đơn vị thấy chỉ tiêu của mình ở trang của đơn vị đó.
engine-way-hand = Tự nhập từng phần
diagnostic-nothing-to-adopt = Chưa có phần nào để giao.
diagnostic-nothing-to-adopt-help = Nhập ít nhất một phần, hoặc chọn cách phân bổ khác.
simulated-note = Sổ có cả số liệu mô phỏng để dùng thử, và trang này đếm cả chúng; nơi nào nêu số mô phỏng đều ghi rõ.
