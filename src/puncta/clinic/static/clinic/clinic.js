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
