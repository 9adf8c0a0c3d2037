# Nhiệm vụ: ai làm gì, bao giờ xong, kết quả ra sao.

web-act-task-drafted = Soạn nhiệm vụ
web-act-task-stepped = Việc làm với nhiệm vụ
web-act-rules-set = Đặt quy tắc
web-act-scored = Chấm điểm chung
