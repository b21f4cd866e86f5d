"use strict";

/* the pad under a consent: strokes as points in a box of 600 by 200 */
for (const pad of document.querySelectorAll("canvas.pad")) {
  const into = document.getElementById(pad.dataset.into);
  const pen = pad.getContext("2d");
  let strokes = [];
  const ink = () => getComputedStyle(pad).color;
  const draw = () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    pen.strokeStyle = ink();
    pen.lineWidth = 2.6;
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
    }
    into.value = JSON.stringify(strokes);
  };
  const at = (event) => {
    const box = pad.getBoundingClientRect();
    const x = ((event.clientX - box.left) * pad.width) / box.width;
    const y = ((event.clientY - box.top) * pad.height) / box.height;
    return [Math.min(600, Math.max(0, Math.round(x))), Math.min(200, Math.max(0, Math.round(y)))];
  };
  try {
    strokes = JSON.parse(into.value || "[]");
  } catch {
    strokes = [];
  }
  draw();
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    strokes.push([at(event)]);
    draw();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!pad.hasPointerCapture(event.pointerId)) return;
    strokes[strokes.length - 1].push(at(event));
    draw();
  });
  document.querySelector(`[data-clear="${pad.id}"]`)?.addEventListener("click", () => {
    strokes = [];
    draw();
  });
}

/* htmx sends the token that stands in the page */
document.body.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

/* what is made elsewhere is shown when it is there */
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "waiting" && document.querySelector("#waiting[data-done]")) location.reload();
});

/* steppers: less and more around a field */
const places = (step) => (String(step).split(".")[1] || "").length;
document.body.addEventListener("click", (event) => {
  const button = event.target.closest("[data-less],[data-more]");
  if (!button) return;
  const up = button.hasAttribute("data-more") ? 1 : -1;
  const slider = button.closest("[data-slider]")?.querySelector("input[type=range]");
  if (slider) {
    slider.value = Number(slider.value) + up;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  const box = button.closest(".step");
  const field = box?.querySelector("input");
  if (!field) return;
  const steps = (box.dataset.steps || "").split(" ").filter(Boolean).map(Number);
  let next;
  if (steps.length) {
    const at = steps.reduce((best, one, index) => (Math.abs(one - field.value) < Math.abs(steps[best] - field.value) ? index : best), 0);
    next = steps[Math.min(steps.length - 1, Math.max(0, at + up))];
    next = next * 10 === Math.round(next * 10) ? next.toFixed(1) : next.toFixed(2);
  } else {
    const step = Number(box.dataset.step || 1);
    next = Math.min(Number(box.dataset.max), Math.max(Number(box.dataset.min), Number(field.value || 0) + up * step));
    next = next.toFixed(places(step));
  }
  field.value = next;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

/* sliders: only real steps, the thumb stops at the limit */
for (const slider of document.querySelectorAll("[data-slider] input[type=range]")) {
  const steps = slider.dataset.steps.split(" ").map(Number);
  const hidden = document.getElementById(slider.dataset.of);
  const shown = slider.closest("[data-slider]").querySelector("output");
  const unit = slider.dataset.unit ? ` ${slider.dataset.unit}` : "";
  const tenths = (value) => (Math.abs(value * 10 - Math.round(value * 10)) < 1e-6 ? value.toFixed(1) : value.toFixed(2));
  const words = (value) => (unit ? tenths(value) : String(value));
  const start = Math.max(0, steps.findIndex((step) => Math.abs(step - Number(hidden.value)) < 1e-6));
  const say = () => {
    const value = steps[Number(slider.value)];
    hidden.value = value;
    shown.textContent = words(value);
    slider.setAttribute("aria-valuetext", `${words(value)}${unit}`);
  };
  if (slider.dataset.share) {
    slider.style.width = `calc(${((100 * Number(slider.dataset.share)) / 188).toFixed(2)}% + 13px)`;
    slider.style.left = "-9px";
  }
  slider.defaultValue = slider.value = start;
  slider.addEventListener("input", say);
  slider.form?.addEventListener("reset", () => setTimeout(say));
  say();
}

/* what if: a quick look while a slider moves; how long the answer took stands in the panel */
const looks = document.querySelector("[data-looks]");
if (looks) {
  let waiting;
  const ask = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => htmx.trigger(looks, "look"), 60);
  };
  looks.addEventListener("input", ask);
  looks.addEventListener("reset", () => setTimeout(ask, 10));
  looks.addEventListener("htmx:beforeRequest", () => (looks.dataset.asked = performance.now()));
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "look" && looks.dataset.asked) {
      looks.dataset.took = Math.round(performance.now() - looks.dataset.asked);
      delete looks.dataset.asked;
    }
  });
}

/* the map: a tapped zone takes the chosen role; the list beside it says the same */
const form = document.querySelector(".case");
if (form) {
  const give = (zone, role) => {
    const path = form.querySelector(`path[data-zone="${zone}"]`);
    const list = form.querySelector(`#zone_${zone}`);
    if (list) list.value = role;
    if (!path) return;
    path.classList.remove("treat", "avoid", "ignore");
    path.classList.add(role);
    const words = list ? list.selectedOptions[0].textContent : role;
    path.setAttribute("aria-label", `${path.getAttribute("aria-label").split(":")[0]}: ${words}`);
    tell();
  };
  const tell = () => {
    const treated = [...form.querySelectorAll("[data-zone-role]")].filter((one) => one.value === "treat");
    document.getElementById("chosen").textContent = treated.map((one) => one.labels[0].textContent).join("; ");
  };
  const brush = () => form.querySelector("input[name=brush]:checked").value;
  form.addEventListener("click", (event) => {
    const zone = event.target.closest("path[data-zone]");
    if (!zone) return;
    const role = zone.classList.contains(brush()) ? "ignore" : brush();
    give(zone.dataset.zone, role);
  });
  form.addEventListener("keydown", (event) => {
    const zone = event.target.closest?.("path[data-zone]");
    if (!zone) return;
    const role = { t: "treat", a: "avoid", i: "ignore", Enter: brush(), " ": brush() }[event.key];
    if (!role) return;
    event.preventDefault();
    give(zone.dataset.zone, role);
  });
  for (const list of form.querySelectorAll("[data-zone-role]")) list.addEventListener("change", () => give(list.name.slice(5), list.value));
  tell();
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

/* the session: what differs from the plan is seen at once; the next zone is lit */
const session = document.querySelector(".session");
if (session) {
  const mark = () => {
    let current = true;
    for (const row of session.querySelectorAll("[data-row]")) {
      const done = row.querySelector("input[type=checkbox]").checked;
      row.classList.toggle("done", done);
      row.classList.toggle("on", !done && current);
      if (!done) current = false;
      for (const field of row.querySelectorAll("[data-plan]")) {
        field.closest(".step").classList.toggle("diff", Number(field.value) !== Number(field.dataset.plan));
      }
    }
  };
  session.addEventListener("input", mark);
  session.addEventListener("change", mark);
  mark();
}
for (const button of document.querySelectorAll("[data-now]")) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.now);
    const now = new Date();
    field.value = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
document.body.addEventListener("htmx:responseError", (event) => {
  const told = document.querySelector("#bar [role=status]");
  const words = document.querySelector("[data-conflict]")?.dataset.conflict;
  if (told && event.detail.xhr.status === 409) told.textContent = words;
});

/* comparing: the slider wipes the later over the earlier */
const wipe = document.getElementById("wipe");
if (wipe) {
  const over = document.querySelector(".slider-box .over");
  const set = () => (over.style.clipPath = `inset(0 0 0 ${wipe.value}%)`);
  wipe.addEventListener("input", set);
  set();
}

/* the camera, where the browser gives one; the earlier photograph lies over it as a ghost */
const shoot = document.querySelector(".shoot");
if (shoot && navigator.mediaDevices?.getUserMedia) {
  const box = document.getElementById("camera");
  const video = box.querySelector("video");
  const ghost = box.querySelector(".ghost");
  const on = document.getElementById("camera-on");
  const shutter = document.getElementById("shutter");
  const last = Object.fromEntries((shoot.dataset.last || "").split(" ").filter(Boolean).map((pair) => pair.split(":")));
  const view = () => shoot.querySelector("[name=view]:checked").value;
  const lay = () => {
    ghost.hidden = !last[view()];
    if (last[view()]) ghost.src = `/photographs/${last[view()]}/image/`;
  };
  on.hidden = false;
  on.addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 3840 } } });
    } catch {
      /* no camera, or not allowed: a file does as well */
      on.hidden = true;
      document.getElementById("no-camera").hidden = false;
      document.getElementById("files").focus();
      return;
    }
    box.hidden = false;
    lay();
    /* before the first picture there is nothing to take */
    if (video.readyState < 2) await new Promise((ready) => video.addEventListener("loadeddata", ready, { once: true }));
    shutter.hidden = false;
  });
  shoot.addEventListener("change", (event) => event.target.name === "view" && !box.hidden && lay());
  shutter.addEventListener("click", () => {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    canvas.toBlob((blob) => {
      const files = new DataTransfer();
      files.items.add(new File([blob], "camera.jpg", { type: "image/jpeg" }));
      document.getElementById("files").files = files.files;
      shoot.requestSubmit();
    }, "image/jpeg", 0.95);
  });
}
for (const button of document.querySelectorAll("[data-sure]")) {
  button.addEventListener("click", (event) => confirm(button.dataset.sure) || event.preventDefault());
}

/* passwords: to be looked at, and how long and varied a new one is */
for (const field of document.querySelectorAll("input[data-show]")) {
  const [show, hide] = field.dataset.show.split("|");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = show;
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    button.textContent = field.type === "password" ? show : hide;
  });
  const box = document.createElement("span");
  box.className = "with-show";
  field.replaceWith(box);
  box.append(field, button);
}
for (const field of document.querySelectorAll("input[data-strength]")) {
  const meter = document.createElement("meter");
  meter.max = 24;
  meter.low = 12;
  meter.high = 16;
  meter.optimum = 24;
  meter.setAttribute("aria-label", field.dataset.strength);
  (field.closest(".with-show") || field).after(meter);
  field.addEventListener("input", () => (meter.value = Math.min(field.value.length, 2 * new Set(field.value).size)));
}

/* what the page asks for by itself, where scripts run; without them the button stands there */
document.querySelector("form[data-send]")?.requestSubmit();
