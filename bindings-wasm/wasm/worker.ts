import { type Hello, worker } from "./messages.js";

const answer = worker((reply) => postMessage(reply));
onmessage = ({ data }: MessageEvent<Hello | string[]>) => answer(data);
