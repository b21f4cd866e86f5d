; The loop over sessions and steps around the blocks, filled in by llvm.py; plain.py says the same in NumPy.
; Names as in plan.py: y, F state and rates; Z, N the next ones; G, dG and H, dH readings with their rates of change.

$blocks

; Errors of the lanes in units of the tolerance, squared; what is no number counts as infinite, a lost lane as none.
define internal double @judge(ptr %error, ptr %status, double %unit, ptr noalias %errors) nounwind {
entry:
br label %lane
lane:
%k = phi i64 [ 0, %entry ], [ %next, %lane ]
%worst = phi double [ 0.0, %entry ], [ %worse, %lane ]
%ep = getelementptr $T, ptr %error, i64 %k
%e0 = load $T, ptr %ep
%e = $widen %e0$widened
%scaled = fmul double %e, %unit
%finite = fcmp olt double %scaled, $infinite
%counted = select i1 %finite, double %scaled, double $infinite
%sp = getelementptr double, ptr %status, i64 %k
%s = load double, ptr %sp
%alive = fcmp oeq double %s, 0.0
%own = select i1 %alive, double %counted, double 0.0
%op = getelementptr double, ptr %errors, i64 %k
store double %own, ptr %op
%more = fcmp ogt double %own, %worst
%worse = select i1 %more, double %own, double %worst
%next = add i64 %k, 1
%on = icmp slt i64 %next, $width
br i1 %on, label %lane, label %end
end:
ret double %worse
}

; Note why and when a lane is lost, where it was not lost before.
define internal void @lose(ptr %status, i64 %k, i1 %lost, double %why, double %day) nounwind {
%sp = getelementptr double, ptr %status, i64 %k
%s = load double, ptr %sp
%alive = fcmp oeq double %s, 0.0
%now = and i1 %lost, %alive
br i1 %now, label %note, label %end
note:
store double %why, ptr %sp
%dp = getelementptr double, ptr %sp, i64 $width
store double %day, ptr %dp
br label %end
end:
ret void
}

define internal void @give_up(ptr %errors, ptr %status, double %bound, double %why, double %day) noinline nounwind {
entry:
br label %lane
lane:
%k = phi i64 [ 0, %entry ], [ %next, %lane ]
%ep = getelementptr double, ptr %errors, i64 %k
%e = load double, ptr %ep
%lost = fcmp oge double %e, %bound
call void @lose(ptr %status, i64 %k, i1 %lost, double %why, double %day)
%next = add i64 %k, 1
%on = icmp slt i64 %next, $width
br i1 %on, label %lane, label %end
end:
ret void
}

define internal void @check_ranges(ptr %inside, ptr %status, double %every, double %day) noinline nounwind {
entry:
br label %lane
lane:
%k = phi i64 [ 0, %entry ], [ %next, %lane ]
%ip = getelementptr $T, ptr %inside, i64 %k
%i0 = load $T, ptr %ip
%i = $widen %i0$widened
%away = fcmp une double %i, %every
call void @lose(ptr %status, i64 %k, i1 %away, double $out_of_range, double %day)
%next = add i64 %k, 1
%on = icmp slt i64 %next, $width
br i1 %on, label %lane, label %end
end:
ret void
}

define internal i1 @any_alive(ptr %status) nounwind {
entry:
br label %lane
lane:
%k = phi i64 [ 0, %entry ], [ %next, %lane ]
%any = phi i1 [ false, %entry ], [ %some, %lane ]
%sp = getelementptr double, ptr %status, i64 %k
%s = load double, ptr %sp
%alive = fcmp oeq double %s, 0.0
%some = or i1 %any, %alive
%next = add i64 %k, 1
%on = icmp slt i64 %next, $width
br i1 %on, label %lane, label %end
end:
ret i1 %some
}

; The cubic through two states and their rates, at a share x of a step h.
define internal void @blend(i64 %count, double %x, double %h, ptr %a, ptr %da, ptr %b, ptr %db,
                            ptr noalias %out) noinline nounwind {
entry:
%y = fsub double 1.0, %x
%x2 = fmul double %x, %x
%y2 = fmul double %y, %y
%hx = fmul double %h, %x
%hy = fmul double %h, %y
%twice = fmul double 2.0, %x
%wa1 = fadd double 1.0, %twice
%wa = fmul double %wa1, %y2
%wb = fmul double %hx, %y2
%wc1 = fsub double 3.0, %twice
%wc = fmul double %wc1, %x2
%wd1 = fmul double %hy, %x2
%wd = fneg double %wd1
$spread
br label %loop
loop:
%i = phi i64 [ 0, %entry ], [ %next, %loop ]
%ap = getelementptr $V, ptr %a, i64 %i
%bp = getelementptr $V, ptr %b, i64 %i
%dap = getelementptr $V, ptr %da, i64 %i
%dbp = getelementptr $V, ptr %db, i64 %i
%op = getelementptr $V, ptr %out, i64 %i
%a0 = load $V, ptr %ap, align $align
%a1 = load $V, ptr %dap, align $align
%b0 = load $V, ptr %bp, align $align
%b1 = load $V, ptr %dbp, align $align
%m0 = fmul $V %wa_v, %a0
%m1 = fmul $V %wb_v, %a1
%m2 = fmul $V %wc_v, %b0
%m3 = fmul $V %wd_v, %b1
%s0 = fadd $V %m0, %m1
%s1 = fadd $V %m2, %m3
%s = fadd $V %s0, %s1
store $V %s, ptr %op, align $align
%next = add i64 %i, 1
%more = icmp slt i64 %next, %count
br i1 %more, label %loop, label %end
end:
ret void
}

; Read the present state for all days up to one that were not read yet.
define internal void @show(i64 %n, double %until, i64 %wanted, i64 %count, ptr %days, ptr %w, ptr %d, ptr %y, ptr %F,
                           ptr %G, ptr %dG, ptr %rows, ptr %states, ptr %pcursor) noinline nounwind {
entry:
br label %check
check:
%cursor = load i64, ptr %pcursor
%some = icmp slt i64 %cursor, %wanted
br i1 %some, label %peek, label %end
peek:
%day_p = getelementptr double, ptr %days, i64 %cursor
%day = load double, ptr %day_p
%due = fcmp ole double %day, %until
br i1 %due, label %row, label %end
row:
$show
%row_o = mul i64 %cursor, $rows
%row_p = getelementptr $V, ptr %rows, i64 %row_o
call void @blend(i64 $rows, double 0.0, double 0.0, ptr %G, ptr %dG, ptr %G, ptr %dG, ptr %row_p)
%next = add i64 %cursor, 1
store i64 %next, ptr %pcursor
%keeping = icmp ne ptr %states, null
br i1 %keeping, label %keep, label %check
keep:
%state_o = mul i64 %cursor, %count
%state_p = getelementptr $V, ptr %states, i64 %state_o
call void @blend(i64 %count, double 0.0, double 0.0, ptr %y, ptr %F, ptr %y, ptr %F, ptr %state_p)
br label %check
end:
ret void
}

; One group of lanes through its course; the number of steps it took.
define internal i64 @follow(i64 %n, i64 %segments, i64 %lead, i64 %wanted, double %unit, double %every, ptr %times,
                            ptr %tries_of, ptr %days, ptr %p, ptr %x, ptr %w, ptr %e_all, ptr %work,
                            ptr %rows, ptr %states, ptr %status) noinline nounwind {
entry:
%pad = add i64 %n, 2
$places
%count0 = mul i64 %pad, $per
%count = add i64 %count0, $once
%keeping = icmp ne ptr %states, null
%event0 = mul i64 %pad, $per_event
%event_size = add i64 %event0, $once_event
%errors = alloca double, i64 $width
%py = alloca ptr
%pF = alloca ptr
%pZ = alloca ptr
%pN = alloca ptr
%pt = alloca double
%ph = alloca double
%ptries = alloca double
%pcursor = alloca i64
%psteps = alloca i64
store ptr %y_b, ptr %py
store ptr %F_b, ptr %pF
store ptr %Z_b, ptr %pZ
store ptr %N_b, ptr %pN
store i64 0, ptr %pcursor
store i64 0, ptr %psteps
$prepare
br label %segment

segment:
%seg = phi i64 [ 0, %entry ], [ %seg_next, %segment_end ]
%seg_next = add i64 %seg, 1
%start_p = getelementptr double, ptr %times, i64 %seg
%start = load double, ptr %start_p
%stop_p = getelementptr double, ptr %times, i64 %seg_next
%stop = load double, ptr %stop_p
%tries_p = getelementptr double, ptr %tries_of, i64 %seg
%tries0 = load double, ptr %tries_p
store double %tries0, ptr %ptries
store double %start, ptr %pt
store double $first, ptr %ph
%event = sub i64 %seg, %lead
%struck = icmp sge i64 %event, 0
br i1 %struck, label %strike, label %begin
strike:
%event_o = mul i64 %event, %event_size
%e = getelementptr $V, ptr %e_all, i64 %event_o
%y_strike = load ptr, ptr %py
$strike
br label %begin
begin:
%y_begin = load ptr, ptr %py
%F_begin = load ptr, ptr %pF
$rates_begin
call void @show(i64 %n, double %start, i64 %wanted, i64 %count, ptr %days, ptr %w, ptr %d, ptr %y_begin,
                ptr %F_begin, ptr %G, ptr %dG, ptr %rows, ptr %states, ptr %pcursor)
br label %check

check:
%t_check = load double, ptr %pt
%going = fcmp olt double %t_check, %stop
%alive = call i1 @any_alive(ptr %status)
%on = and i1 %going, %alive
br i1 %on, label %step, label %segment_end

step:
%t = load double, ptr %pt
%h = load double, ptr %ph
%left = fsub double %stop, %t
%whole = fcmp oge double %h, %left
%half = fmul double %left, 0.5
%halved = fcmp olt double %half, %h
%shorter = select i1 %halved, double %half, double %h
%span = select i1 %whole, double %left, double %shorter
%ih = fdiv double 1.0, %span
%y = load ptr, ptr %py
%F = load ptr, ptr %pF
%Z = load ptr, ptr %pZ
%N = load ptr, ptr %pN
$stages
%worst = call double @judge(ptr %error, ptr %status, double %unit, ptr %errors)
%accept = fcmp ole double %worst, 1.0
br i1 %accept, label %take, label %control

take:
%t_then0 = fadd double %t, %span
%t_then = select i1 %whole, double %stop, double %t_then0
$rates_end
%cursor0 = load i64, ptr %pcursor
%some = icmp slt i64 %cursor0, %wanted
br i1 %some, label %peek, label %taken
peek:
%day0_p = getelementptr double, ptr %days, i64 %cursor0
%day0 = load double, ptr %day0_p
%due = fcmp olt double %day0, %t_then
br i1 %due, label %reading, label %taken
reading:
$read
$read_end
br label %row
row:
%cursor = phi i64 [ %cursor0, %reading ], [ %cursor_next, %row_again ]
%day_p = getelementptr double, ptr %days, i64 %cursor
%day = load double, ptr %day_p
%since = fsub double %day, %t
%share = fdiv double %since, %span
%row_o = mul i64 %cursor, $rows
%row_p = getelementptr $V, ptr %rows, i64 %row_o
call void @blend(i64 $rows, double %share, double %span, ptr %G, ptr %dG, ptr %H, ptr %dH, ptr %row_p)
br i1 %keeping, label %keep, label %row_end
keep:
%state_o = mul i64 %cursor, %count
%state_p = getelementptr $V, ptr %states, i64 %state_o
call void @blend(i64 %count, double %share, double %span, ptr %y, ptr %F, ptr %Z, ptr %N, ptr %state_p)
br label %row_end
row_end:
%cursor_next = add i64 %cursor, 1
store i64 %cursor_next, ptr %pcursor
%others = icmp slt i64 %cursor_next, %wanted
br i1 %others, label %another, label %taken
another:
%day1_p = getelementptr double, ptr %days, i64 %cursor_next
%day1 = load double, ptr %day1_p
%due1 = fcmp olt double %day1, %t_then
br i1 %due1, label %row_again, label %taken
row_again:
br label %row
taken:
store ptr %Z, ptr %py
store ptr %N, ptr %pF
store ptr %y, ptr %pZ
store ptr %F, ptr %pN
store double %t_then, ptr %pt
%steps = load i64, ptr %psteps
%steps1 = add i64 %steps, 1
store i64 %steps1, ptr %psteps
br label %control

control:
%until = load double, ptr %pt
%tries = load double, ptr %ptries
%tries1 = fsub double %tries, 1.0
store double %tries1, ptr %ptries
%tired = fcmp ole double %tries1, 0.0
%shortest = fcmp ole double %span, $shortest
%refused = xor i1 %accept, true
%stuck = and i1 %refused, %shortest
%over = or i1 %tired, %stuck
br i1 %over, label %give, label %adapt
give:
%finite = fcmp olt double %worst, $infinite
%capped = select i1 %finite, double %worst, double $largest
%bound = fmul double $shrink, %capped
%why = select i1 %finite, double $too_stiff, double $not_finite
call void @give_up(ptr %errors, ptr %status, double %bound, double %why, double %until)
%tries2 = fadd double %tries1, $more_tries
store double %tries2, ptr %ptries
br label %adapt
adapt:
%q1 = call double @llvm.sqrt.f64(double %worst)
%q2 = call double @llvm.sqrt.f64(double %q1)
%q3 = call double @llvm.sqrt.f64(double %q2)
%q4 = call double @llvm.sqrt.f64(double %q3)
%q5 = call double @llvm.sqrt.f64(double %q4)
%q6 = call double @llvm.sqrt.f64(double %q5)
%q7 = call double @llvm.sqrt.f64(double %q6)
%q8 = fmul double %q3, %q5
%q9 = fmul double %q8, %q7
%fold = fdiv double $caution, %q9
%low = fcmp olt double %fold, $shrink
%fold1 = select i1 %low, double $shrink, double %fold
%high = fcmp ogt double %fold1, $grow
%fold2 = select i1 %high, double $grow, double %fold1
%h1 = fmul double %span, %fold2
%tiny = fcmp olt double %h1, $shortest
%h2 = select i1 %tiny, double $shortest, double %h1
store double %h2, ptr %ph
br label %check

segment_end:
%y_end = load ptr, ptr %py
$ranges
call void @check_ranges(ptr %inside, ptr %status, double %every, double %stop)
%last = icmp eq i64 %seg_next, %segments
br i1 %last, label %finish, label %segment

finish:
%F_end = load ptr, ptr %pF
call void @show(i64 %n, double $infinite, i64 %wanted, i64 %count, ptr %days, ptr %w, ptr %d, ptr %y_end,
                ptr %F_end, ptr %G, ptr %dG, ptr %rows, ptr %states, ptr %pcursor)
%done = load i64, ptr %psteps
ret i64 %done
}

define internal void @copy(i64 %count, ptr noalias %from, ptr noalias %to) noinline nounwind {
entry:
br label %loop
loop:
%i = phi i64 [ 0, %entry ], [ %next, %loop ]
%fp = getelementptr $V, ptr %from, i64 %i
%tp = getelementptr $V, ptr %to, i64 %i
%v = load $V, ptr %fp, align $align
store $V %v, ptr %tp, align $align
%next = add i64 %i, 1
%more = icmp slt i64 %next, %count
br i1 %more, label %loop, label %end
end:
ret void
}

; Every group of a batch, one after the other: a batch is one call, so that no thread waits for the interpreter between
; groups. Strides, in bytes from group to group, stand in the order of the arrays that follow the days.
define void @run(i64 %groups, i64 %n, i64 %segments, i64 %lead, i64 %wanted, double %unit, double %every, ptr %times,
                 ptr %tries_of, ptr %days, ptr %starts, ptr %ps, ptr %xs, ptr %ws, ptr %es, ptr %rows_of,
                 ptr %states_of, ptr %status_of, ptr %strides, ptr %work, ptr %steps) nounwind {
entry:
%pad = add i64 %n, 2
%count0 = mul i64 %pad, $per
%count = add i64 %count0, $once
%keeping = icmp ne ptr %states_of, null
br label %group
group:
%g = phi i64 [ 0, %entry ], [ %next, %group ]
$of_group
%states = select i1 %keeping, ptr %states_of_g, ptr null
call void @copy(i64 %count, ptr %starts_g, ptr %work)
%taken = call i64 @follow(i64 %n, i64 %segments, i64 %lead, i64 %wanted, double %unit, double %every, ptr %times,
                          ptr %tries_of, ptr %days, ptr %ps_g, ptr %xs_g, ptr %ws_g, ptr %es_g, ptr %work,
                          ptr %rows_of_g, ptr %states, ptr %status_of_g)
%steps_p = getelementptr i64, ptr %steps, i64 %g
store i64 %taken, ptr %steps_p
%next = add i64 %g, 1
%more = icmp slt i64 %next, %groups
br i1 %more, label %group, label %end
end:
ret void
}
