// Unpacks what the single file carries as text: LZMA (the .lzma format) in base64. Kept to the JavaScript of Chromium 80,
// which cannot unpack anything so small by itself. Gives what stands between two places; what is after them is left packed.
function unpack(text, start, end) {
  var letters = atob(text), packed = new Uint8Array(letters.length);
  for (var i = 0; i < packed.length; i++) packed[i] = letters.charCodeAt(i);
  var lc = packed[0] % 9, lp = (packed[0] / 9 | 0) % 5, pb = packed[0] / 45 | 0;
  var out = new Uint8Array(end), at = 0, next = 18, range = 4294967295;
  var code = new DataView(packed.buffer).getUint32(14);

  function chances(count) { return new Uint16Array(count).fill(1024); }
  function bit(chance, which) {
    var bound = (range >>> 11) * chance[which], is = 0;
    if (code < bound) {
      range = bound;
      chance[which] += 2048 - chance[which] >> 5;
    } else {
      range -= bound;
      code -= bound;
      chance[which] -= chance[which] >> 5;
      is = 1;
    }
    if (range < 16777216) {
      range *= 256;
      code = code * 256 + packed[next++];
    }
    return is;
  }
  // A number of so many bits, the highest first; each has a chance of its own for all that may stand before it.
  function tree(chance, from, bits) {
    for (var found = 1, i = 0; i < bits; i++) found = found * 2 + bit(chance, from + found);
    return found - (1 << bits);
  }
  // The same, the lowest bit first.
  function reversed(chance, from, bits) {
    for (var found = 1, number = 0, i = 0; i < bits; i++) {
      var is = bit(chance, from + found);
      found = found * 2 + is;
      number += is << i;
    }
    return number;
  }
  function plain(bits) {
    for (var number = 0; bits > 0; bits--) {
      range >>>= 1;
      var is = code >= range ? 1 : 0;
      if (is) code -= range;
      number = number * 2 + is;
      if (range < 16777216) {
        range *= 256;
        code = code * 256 + packed[next++];
      }
    }
    return number;
  }
  function lengths() { return { choice: chances(2), low: chances(128), middle: chances(128), high: chances(256) }; }
  function length(of, place) {
    if (!bit(of.choice, 0)) return 2 + tree(of.low, place << 3, 3);
    if (!bit(of.choice, 1)) return 10 + tree(of.middle, place << 3, 3);
    return 18 + tree(of.high, 0, 8);
  }

  var literal = chances(768 << lc + lp), isMatch = chances(192), isRepeat = chances(12), isRepeat0 = chances(12);
  var isRepeat1 = chances(12), isRepeat2 = chances(12), isLong = chances(192), slots = chances(256), special = chances(128);
  var aligned = chances(16), ofMatch = lengths(), ofRepeat = lengths();
  var state = 0, last = [1, 1, 1, 1];
  while (at < end) {
    var place = at & (1 << pb) - 1, both = (state << 4) + place, count, distance;
    if (!bit(isMatch, both)) {
      var before = at ? out[at - 1] : 0, from = 768 * (((at & (1 << lp) - 1) << lc) + (before >> 8 - lc)), letter = 1;
      if (state >= 7) {
        var other = out[at - last[0]];
        do {
          var there = other >> 7 & 1, is = bit(literal, from + (1 + there << 8) + letter);
          other <<= 1;
          letter = letter * 2 + is;
        } while (is === there && letter < 256);
      }
      while (letter < 256) letter = letter * 2 + bit(literal, from + letter);
      out[at++] = letter;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    if (!bit(isRepeat, state)) {
      count = length(ofMatch, place);
      state = state < 7 ? 7 : 10;
      distance = tree(slots, Math.min(count - 2, 3) << 6, 6);
      if (distance >= 4) {
        var bits = (distance >> 1) - 1, base = (2 + (distance & 1)) * Math.pow(2, bits);
        distance = distance < 14
          ? base + reversed(special, base - distance, bits)
          : base + plain(bits - 4) * 16 + reversed(aligned, 0, 4);
      }
      last = [distance + 1, last[0], last[1], last[2]];
    } else {
      if (bit(isRepeat0, state)) {
        var which = !bit(isRepeat1, state) ? 1 : 2 + bit(isRepeat2, state);
        last.unshift(last.splice(which, 1)[0]);
      } else if (!bit(isLong, both)) {
        out[at] = out[at - last[0]];
        at++;
        state = state < 7 ? 9 : 11;
        continue;
      }
      count = length(ofRepeat, place);
      state = state < 7 ? 8 : 11;
    }
    for (; count > 0 && at < end; count--, at++) out[at] = out[at - last[0]];
  }
  return out.subarray(start);
}
