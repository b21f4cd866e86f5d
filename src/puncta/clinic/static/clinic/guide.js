/* the capture guide: pose, distance, light and focus against the earlier photograph; what it sees never leaves the page */
const shoot = document.querySelector(".shoot[data-guide]");
const box = document.getElementById("camera");
const video = box?.querySelector("video");
const ghost = box?.querySelector(".ghost");
const list = document.getElementById("hints");
const EYES = [33, 263];
const EVERY_MS = 220;
const SMALL = 256;

/* turn of the head in degrees from the matrix of the face, column by column */
const turns = (m) => ({
  yaw: (Math.asin(Math.max(-1, Math.min(1, -m[2]))) * 180) / Math.PI,
  pitch: (Math.atan2(m[6], m[10]) * 180) / Math.PI,
  roll: (Math.atan2(m[1], m[0]) * 180) / Math.PI,
});

/* brightness, what is cut off at the top, and sharpness of the skin between the eyes and the mouth */
const canvas = document.createElement("canvas");
const pen = canvas.getContext("2d", { willReadFrequently: true });
const skin = (source, width, height, points) => {
  const xs = points.map((one) => one.x);
  const ys = points.map((one) => one.y);
  const left = Math.min(...xs) * width;
  const top = Math.min(...ys) * height;
  const wide = Math.max(8, (Math.max(...xs) - Math.min(...xs)) * width);
  const high = Math.max(8, (Math.max(...ys) - Math.min(...ys)) * height);
  canvas.width = SMALL;
  canvas.height = Math.max(8, Math.round((SMALL * high) / wide));
  pen.drawImage(source, left, top, wide, high, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const grey = new Float32Array(data.length / 4);
  let light = 0;
  let clipped = 0;
  for (let i = 0; i < grey.length; i += 1) {
    const [r, g, b] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]];
    grey[i] = (r + g + b) / 3;
    light += Math.pow(grey[i] / 255, 2.2);
    if (Math.max(r, g, b) >= 254) clipped += 1;
  }
  let sharp = 0;
  const w = canvas.width;
  for (let y = 1; y < canvas.height - 1; y += 1) {
    for (let x = 1; x < w - 1; x += 1) {
      const i = y * w + x;
      const edge = 4 * grey[i] - grey[i - 1] - grey[i + 1] - grey[i - w] - grey[i + w];
      sharp += edge * edge;
    }
  }
  return { light: light / grey.length, clipped: clipped / grey.length, sharp: sharp / grey.length };
};

const look = (found, source, width, height) => {
  if (!found.faceLandmarks.length) return null;
  const points = found.faceLandmarks[0];
  const [one, two] = EYES.map((index) => points[index]);
  const apart = Math.hypot((one.x - two.x) * width, (one.y - two.y) * height) / Math.hypot(width, height);
  const smile = found.faceBlendshapes[0]?.categories.filter((c) => /mouthSmile|jawOpen|browDown|eyeBlink/.test(c.categoryName)) ?? [];
  return {
    ...turns(found.facialTransformationMatrixes[0].data),
    apart,
    faces: found.faceLandmarks.length,
    moved: Math.max(0, ...smile.map((c) => c.score)),
    ...skin(source, width, height, points),
  };
};

const hint = (name, state, way) => {
  const line = list.querySelector(`[data-hint=${name}]`);
  if (!line) return true;
  const words = state === "ok" ? line.dataset.ok : line.dataset[way] || line.dataset.do;
  const told = `${state === "ok" ? "✓" : "○"} ${line.dataset.name}: ${words}`;
  if (line.textContent !== told) line.textContent = told;
  line.classList.toggle("ok", state === "ok");
  return state === "ok";
};

const judge = (now, before, limit) => {
  if (!now) {
    for (const line of list.querySelectorAll("[data-hint]")) hint(line.dataset.hint, "no", "none");
    return false;
  }
  const base = before ?? { yaw: 0, pitch: 0, roll: 0, apart: now.apart, light: now.light, sharp: now.sharp, moved: 0 };
  const [yaw, pitch, roll] = ["yaw", "pitch", "roll"].map((name) => now[name] - base[name]);
  const size = Math.log(now.apart / base.apart);
  const light = Math.log(now.light / base.light);
  const sharp = Math.log(Math.max(now.sharp, 0.01) / Math.max(base.sharp, 0.01));
  const turned = Math.max(Math.abs(yaw), Math.abs(pitch)) > limit.turn;
  const way = Math.abs(yaw) > Math.abs(pitch) ? (yaw > 0 ? "right" : "left") : pitch > 0 ? "up" : "down";
  return [
    hint("pose", turned ? "no" : Math.abs(roll) > limit.roll ? "no" : "ok", turned ? way : "tilt"),
    hint("distance", Math.abs(size) > limit.size ? "no" : "ok", size > 0 ? "back" : "closer"),
    hint("light", now.clipped > limit.clipped ? "no" : Math.abs(light) > limit.level ? "no" : "ok", now.clipped > limit.clipped ? "shine" : light > 0 ? "less" : "more"),
    hint("focus", sharp < -limit.focus ? "no" : "ok", "do"),
    hint("rest", now.moved > limit.moved + base.moved ? "no" : "ok", "do"),
  ].every(Boolean);
};

const begin = async () => {
  const base = shoot.dataset.guide;
  const { FaceLandmarker } = await import(`${base}vision_bundle.mjs`);
  const paths = { wasmLoaderPath: `${base}vision_wasm_internal.js`, wasmBinaryPath: `${base}vision_wasm_internal.wasm` };
  const make = (runningMode) =>
    FaceLandmarker.createFromOptions(paths, {
      baseOptions: { modelAssetPath: `${base}face_landmarker.task`, delegate: "CPU" },
      outputFacialTransformationMatrixes: true,
      outputFaceBlendshapes: true,
      numFaces: 2,
      runningMode,
    });
  const [still, moving] = [await make("IMAGE"), await make("VIDEO")];
  const limit = JSON.parse(shoot.dataset.limits);
  let before = null;
  let read = "";
  list.hidden = false;
  const turn = () => {
    if (!box.hidden && video.readyState >= 2) {
      if (!ghost.hidden && ghost.complete && ghost.naturalWidth && read !== ghost.src) {
        read = ghost.src;
        before = look(still.detect(ghost), ghost, ghost.naturalWidth, ghost.naturalHeight);
      }
      if (ghost.hidden) before = null;
      const now = look(moving.detectForVideo(video, performance.now()), video, video.videoWidth, video.videoHeight);
      const good = judge(now, before, limit);
      box.classList.toggle("good", good);
      list.dataset.good = good ? "yes" : "no";
    }
    setTimeout(turn, EVERY_MS);
  };
  turn();
};

if (shoot && box) {
  let begun = false;
  video.addEventListener("playing", () => {
    if (begun) return;
    begun = true;
    begin().catch(() => {
      /* the plain overlay stays: oval, thirds and ghost */
      list.hidden = true;
      shoot.dataset.plain = "yes";
    });
  });
}
