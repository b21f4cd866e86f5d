; Cholesky factors of band matrices and their solutions, eight cases side by side in a vector.
; One group of eight: %size columns of %rings + 1 vectors, the diagonal first, and %rings columns of padding below.
; lanes.py says the same in NumPy.

define void @factor(i64 %groups, i64 %size, i64 %rings, ptr %all) nounwind {
entry:
%height = add i64 %rings, 1
%padded = add i64 %size, %rings
%span = mul i64 %padded, %height
br label %group
group:
%g = phi i64 [ 0, %entry ], [ %g1, %group_end ]
%offset = mul i64 %g, %span
%a = getelementptr <8 x double>, ptr %all, i64 %offset
br label %column
column:
%j = phi i64 [ 0, %group ], [ %j1, %column_end ]
%jo = mul i64 %j, %height
%col = getelementptr <8 x double>, ptr %a, i64 %jo
%d = load <8 x double>, ptr %col, align 8
%inv = fdiv <8 x double> splat (double 1.0), %d
store <8 x double> %inv, ptr %col, align 8
br label %row
row:
%k = phi i64 [ 1, %column ], [ %k1, %row_end ]
%kp = getelementptr <8 x double>, ptr %col, i64 %k
%ak = load <8 x double>, ptr %kp, align 8
%s = fmul <8 x double> %ak, %inv
%jk = add i64 %j, %k
%to = mul i64 %jk, %height
%target = getelementptr <8 x double>, ptr %a, i64 %to
br label %entry_of_row
entry_of_row:
%i = phi i64 [ %k, %row ], [ %i1, %entry_of_row ]
%ip = getelementptr <8 x double>, ptr %col, i64 %i
%ai = load <8 x double>, ptr %ip, align 8
%at = sub i64 %i, %k
%tp = getelementptr <8 x double>, ptr %target, i64 %at
%t = load <8 x double>, ptr %tp, align 8
%less = fmul <8 x double> %s, %ai
%left = fsub <8 x double> %t, %less
store <8 x double> %left, ptr %tp, align 8
%i1 = add i64 %i, 1
%i_on = icmp sle i64 %i1, %rings
br i1 %i_on, label %entry_of_row, label %row_end
row_end:
%k1 = add i64 %k, 1
%k_on = icmp sle i64 %k1, %rings
br i1 %k_on, label %row, label %scale
scale:
%q = phi i64 [ 1, %row_end ], [ %q1, %scale ]
%qp = getelementptr <8 x double>, ptr %col, i64 %q
%aq = load <8 x double>, ptr %qp, align 8
%sq = fmul <8 x double> %aq, %inv
store <8 x double> %sq, ptr %qp, align 8
%q1 = add i64 %q, 1
%q_on = icmp sle i64 %q1, %rings
br i1 %q_on, label %scale, label %column_end
column_end:
%j1 = add i64 %j, 1
%j_on = icmp slt i64 %j1, %size
br i1 %j_on, label %column, label %group_end
group_end:
%g1 = add i64 %g, 1
%g_on = icmp slt i64 %g1, %groups
br i1 %g_on, label %group, label %end
end:
ret void
}

; %x holds %size + %rings rows of 8 %groups cases, the last %rings of them nothing.
define void @solve(i64 %groups, i64 %size, i64 %rings, ptr %all, ptr %x) nounwind {
entry:
%height = add i64 %rings, 1
%padded = add i64 %size, %rings
%span = mul i64 %padded, %height
%last = sub i64 %size, 1
br label %group
group:
%g = phi i64 [ 0, %entry ], [ %g1, %group_end ]
%offset = mul i64 %g, %span
%a = getelementptr <8 x double>, ptr %all, i64 %offset
%y = getelementptr <8 x double>, ptr %x, i64 %g
br label %down
down:
%j = phi i64 [ 0, %group ], [ %j1, %down_end ]
%jo = mul i64 %j, %height
%col = getelementptr <8 x double>, ptr %a, i64 %jo
%jx = mul i64 %j, %groups
%xp = getelementptr <8 x double>, ptr %y, i64 %jx
%xj = load <8 x double>, ptr %xp, align 8
br label %below
below:
%k = phi i64 [ 1, %down ], [ %k1, %below ]
%kp = getelementptr <8 x double>, ptr %col, i64 %k
%ak = load <8 x double>, ptr %kp, align 8
%ko = mul i64 %k, %groups
%tp = getelementptr <8 x double>, ptr %xp, i64 %ko
%t = load <8 x double>, ptr %tp, align 8
%less = fmul <8 x double> %ak, %xj
%left = fsub <8 x double> %t, %less
store <8 x double> %left, ptr %tp, align 8
%k1 = add i64 %k, 1
%k_on = icmp sle i64 %k1, %rings
br i1 %k_on, label %below, label %down_end
down_end:
%j1 = add i64 %j, 1
%j_on = icmp slt i64 %j1, %size
br i1 %j_on, label %down, label %up
up:
%u = phi i64 [ %last, %down_end ], [ %u1, %up_end ]
%uo = mul i64 %u, %height
%ucol = getelementptr <8 x double>, ptr %a, i64 %uo
%inv = load <8 x double>, ptr %ucol, align 8
%ux = mul i64 %u, %groups
%up_at = getelementptr <8 x double>, ptr %y, i64 %ux
%xu = load <8 x double>, ptr %up_at, align 8
%first = fmul <8 x double> %xu, %inv
br label %above
above:
%m = phi i64 [ 1, %up ], [ %m1, %above ]
%acc = phi <8 x double> [ %first, %up ], [ %acc1, %above ]
%mp = getelementptr <8 x double>, ptr %ucol, i64 %m
%am = load <8 x double>, ptr %mp, align 8
%mo = mul i64 %m, %groups
%sp = getelementptr <8 x double>, ptr %up_at, i64 %mo
%xm = load <8 x double>, ptr %sp, align 8
%part = fmul <8 x double> %am, %xm
%acc1 = fsub <8 x double> %acc, %part
%m1 = add i64 %m, 1
%m_on = icmp sle i64 %m1, %rings
br i1 %m_on, label %above, label %up_end
up_end:
store <8 x double> %acc1, ptr %up_at, align 8
%u1 = sub i64 %u, 1
%u_on = icmp sge i64 %u1, 0
br i1 %u_on, label %up, label %group_end
group_end:
%g1 = add i64 %g, 1
%g_on = icmp slt i64 %g1, %groups
br i1 %g_on, label %group, label %end
end:
ret void
}
