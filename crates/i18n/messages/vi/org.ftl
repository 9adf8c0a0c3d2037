# Cơ quan, vị trí công tác, người giữ, quyền.
office-committee = Ủy ban nhân dân { $unit }
