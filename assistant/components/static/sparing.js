// NiceGUI draws its whole tree anew at each change. What did not change keeps what was drawn of it, which Vue then
// passes over; it is looked at all the same, so that its next change is heard. What is in a component draws that itself.
const drawn = new WeakMap();

function stands(all, id) {
  const { node, inside } = drawn.get(all[id]) || {};
  return node?.el?.isConnected && inside.every((one) => stands(all, one)) && node;
}

export const sparing = (draw) => (all, id, context) => {
  const node = stands(all, id) || draw(all, id, context);
  if (!node || node.memo) return node;
  node.memo = []; // or Vue would take a copy
  const inside = typeof node.type === "string" && Vue.toRaw(all[id]).children;
  drawn.set(all[id], { node, inside: inside || [] });
  return node;
};
