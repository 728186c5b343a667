"""Slips: how a mistake looks in other programs, so that combinations need not be written.

For a mistake's name what to write for what; the first that fits is taken, see
`autograder.exercise.known_answers`. The same name is the same slip in every task.
"""

from __future__ import annotations

SLIPS: dict[str, tuple[tuple[str, str], ...]] = {
    "divides_by_B": (
        (", ddof=1", ""),
        ("ddof=1, ", ""),
        ("ddof=1", ""),
        ("(B - 1)", "B"),
        ("(len(H) - 1)", "len(H)"),
        ("(len(h) - 1)", "len(h)"),
        ("(len(x) - 1)", "len(x)"),
        ("mu, sigma = batch_statistics(H)", "mu, sigma = H.mean(axis=0), H.std(axis=0)"),
        ("batch_statistics(", "(lambda H: (H.mean(axis=0), H.std(axis=0)))("),
        ("standardize(", "(lambda H: (H - H.mean(axis=0)) / H.std(axis=0))("),
        ("batch_norm(h, [gamma], [theta])", "gamma * (h - h.mean()) / h.std() + theta"),
    ),
    "variance": (
        (".std(", ".var("),
        ("mu, sigma = batch_statistics(H)", "mu, sigma = H.mean(axis=0), H.var(axis=0, ddof=1)"),
        ("batch_statistics(", "(lambda H: (H.mean(axis=0), H.var(axis=0, ddof=1)))("),
        ("batch_norm(h, [gamma], [theta])", "gamma * (h - h.mean()) / h.var(ddof=1) + theta"),
    ),
    "epsilon_under_root": (
        ("H.std(axis=0, ddof=1)", "np.sqrt(H.var(axis=0, ddof=1) + 1e-5)"),
        ("H.std(axis=0)", "np.sqrt(H.var(axis=0) + 1e-5)"),
        ("H.std(ddof=1)", "np.sqrt(H.var(ddof=1) + 1e-5)"),
        ("np.std(H, ddof=1)", "np.sqrt(np.var(H, ddof=1) + 1e-5)"),
        ("np.std(H, axis=0)", "np.sqrt(np.var(H, axis=0) + 1e-5)"),
        (
            "H.std(axis=1, ddof=1, keepdims=True)",
            "np.sqrt(H.var(axis=1, ddof=1, keepdims=True) + 1e-5)",
        ),
        ("h.std(ddof=1)", "np.sqrt(h.var(ddof=1) + 1e-5)"),
        ("x.std(ddof=1)", "np.sqrt(x.var(ddof=1) + 1e-5)"),
        ("h.std()", "np.sqrt(h.var() + 1e-5)"),
        (
            "mu, sigma = batch_statistics(H)",
            "mu, sigma = H.mean(axis=0), np.sqrt(H.var(axis=0, ddof=1) + 1e-5)",
        ),
        ("H.std(axis=1, keepdims=True)", "np.sqrt(H.var(axis=1, keepdims=True) + 1e-5)"),
    ),
    "epsilon_outside_root": (
        ("H.std(axis=0, ddof=1)", "(H.std(axis=0, ddof=1) + 1e-8)"),
        ("H.std(axis=0)", "(H.std(axis=0) + 1e-8)"),
        ("H.var(axis=0, ddof=1)", "(H.var(axis=0, ddof=1) + 1e-8)"),
        ("np.std(H, ddof=1)", "(np.std(H, ddof=1) + 1e-8)"),
        ("np.std(H, axis=0)", "(np.std(H, axis=0) + 1e-8)"),
        ("H.std(ddof=1)", "(H.std(ddof=1) + 1e-8)"),
        ("H.std(axis=1, ddof=1, keepdims=True)", "(H.std(axis=1, ddof=1, keepdims=True) + 1e-8)"),
        ("h.std(ddof=1)", "(h.std(ddof=1) + 1e-8)"),
        ("x.std(ddof=1)", "(x.std(ddof=1) + 1e-8)"),
        (
            "mu, sigma = batch_statistics(H)",
            "mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1) + 1e-8",
        ),
    ),
    "epsilon_1e-8_under_root": (
        ("H.std(axis=0, ddof=1)", "np.sqrt(H.var(axis=0, ddof=1) + 1e-8)"),
        ("H.std(axis=0)", "np.sqrt(H.var(axis=0) + 1e-8)"),
        ("H.std(ddof=1)", "np.sqrt(H.var(ddof=1) + 1e-8)"),
        ("np.std(H, ddof=1)", "np.sqrt(np.var(H, ddof=1) + 1e-8)"),
        ("np.std(H, axis=0)", "np.sqrt(np.var(H, axis=0) + 1e-8)"),
        (
            "H.std(axis=1, ddof=1, keepdims=True)",
            "np.sqrt(H.var(axis=1, ddof=1, keepdims=True) + 1e-8)",
        ),
        ("h.std(ddof=1)", "np.sqrt(h.var(ddof=1) + 1e-8)"),
        ("x.std(ddof=1)", "np.sqrt(x.var(ddof=1) + 1e-8)"),
        ("h.std()", "np.sqrt(h.var() + 1e-8)"),
        (
            "mu, sigma = batch_statistics(H)",
            "mu, sigma = H.mean(axis=0), np.sqrt(H.var(axis=0, ddof=1) + 1e-8)",
        ),
        ("H.std(axis=1, keepdims=True)", "np.sqrt(H.var(axis=1, keepdims=True) + 1e-8)"),
    ),
    "epsilon_1e-5_outside_root": (
        ("H.std(axis=0, ddof=1)", "(H.std(axis=0, ddof=1) + 1e-5)"),
        ("H.std(axis=0)", "(H.std(axis=0) + 1e-5)"),
        ("H.var(axis=0, ddof=1)", "(H.var(axis=0, ddof=1) + 1e-5)"),
        ("np.std(H, ddof=1)", "(np.std(H, ddof=1) + 1e-5)"),
        ("np.std(H, axis=0)", "(np.std(H, axis=0) + 1e-5)"),
        ("H.std(ddof=1)", "(H.std(ddof=1) + 1e-5)"),
        ("H.std(axis=1, ddof=1, keepdims=True)", "(H.std(axis=1, ddof=1, keepdims=True) + 1e-5)"),
        ("h.std(ddof=1)", "(h.std(ddof=1) + 1e-5)"),
        ("x.std(ddof=1)", "(x.std(ddof=1) + 1e-5)"),
        (
            "mu, sigma = batch_statistics(H)",
            "mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1) + 1e-5",
        ),
    ),
    "swapped": (
        ("return mu, sigma", "return sigma, mu"),
        ("[mu, sigma]", "[sigma, mu]"),
        ("return sigma, mu", "return mu, sigma"),
    ),
    "changes_H": (
        ("return (H - mu) / sigma", "H -= mu\n    H /= sigma\n    return H"),
        ("return H / sigma", "H /= sigma\n    return H"),
        ("return H - mu", "H -= mu\n    return H"),
        (
            "return gamma * (H - mu) / sigma + theta",
            "H -= mu\n    H /= sigma\n    H *= gamma\n    H += theta\n    return H",
        ),
    ),
    "whole_batch": (
        ("mu, sigma = batch_statistics(H)", "mu, sigma = np.mean(H), np.std(H, ddof=1)"),
        ("axis=0, ", ""),
        (", axis=0", ""),
        ("axis=0", ""),
    ),
    "over_features": (
        (
            "mu, sigma = batch_statistics(H)",
            "mu, sigma = H.mean(axis=1, keepdims=True), H.std(axis=1, ddof=1, keepdims=True)",
        ),
    ),
    "transposed": (
        ("return (H - mu) / sigma", "return ((H - mu) / sigma).T"),
        ("return W\n", "return W.T\n"),
        (
            'return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T',
            'return np.array([np.convolve(e, h, "valid") for e in np.eye(D)])',
        ),
        ("    return np.array(W)\n", "    return np.array(W).T\n"),
    ),
    "theta_forgotten": ((" + theta", ""),),
    "gamma_forgotten": (("gamma * ", ""),),
    "theta_inside_gamma": (
        ("gamma * (H - mu) / sigma + theta", "gamma * ((H - mu) / sigma + theta)"),
        ("gamma * Z + theta", "gamma * (Z + theta)"),
        (
            "gamma * (h - h.mean()) / h.std(ddof=1) + theta",
            "gamma * ((h - h.mean()) / h.std(ddof=1) + theta)",
        ),
        ("gamma * h + theta", "gamma * (h + theta)"),
    ),
    "gamma_and_theta_swapped": (
        ("(H, gamma, theta)", "(H, theta, gamma)"),
        ("gamma, theta, phi)", "theta, gamma, phi)"),
    ),
    "not_rescaled": (
        ("gamma * (H - mu) / sigma + theta", "(H - mu) / sigma"),
        ("gamma * (h - h.mean()) / h.std(ddof=1) + theta", "(h - h.mean()) / h.std(ddof=1)"),
    ),
    "theta_subtracted": (("+ theta", "- theta"),),
    "gamma_inverted": (("return sigma, ", "return 1 / sigma, "),),
    "inverted": (("return sigma, mu", "return 1 / sigma, -mu / sigma"),),
    "gamma_one": (("return sigma, ", "return np.ones_like(sigma), "),),
    "sign_of_w1_ignored": (
        ("h = w1 * x\n", "h = x\n"),
        ("w1 * x", "x"),
    ),
    "phi_is_tanh": ((" phi(", " np.tanh("),),
    "w2_inside_phi": (
        ("w2 * phi(z)", "phi(w2 * z)"),
        ("w2 * gamma * phi(z)", "gamma * phi(w2 * z)"),
    ),
    "w2_missing": (("w2 * ", ""),),
    "not_standardized": (("(h - h.mean()) / h.std(ddof=1)", "h"),),
    "missing_flip": (
        ("h[::-1]", "h"),
        ("W[k, k + K - 1 - i] = h[i]", "W[k, k + i] = h[i]"),
        ("row[k + K - 1 - i] = h[i]", "row[k + i] = h[i]"),
        ("x[K + k - i - 1] * h[i]", "x[k + i] * h[i]"),
        ("x[k + i] * h[K - 1 - i]", "x[k + i] * h[i]"),
        ("h[len(h) - 1 - i]", "h[i]"),
        ("np.convolve(e, h", "np.convolve(e, h[::-1]"),
        ("np.convolve(", "np.correlate("),
        ("h[K - 1 - i]", "h[i]"),
    ),
    "nothing_checked": (
        (
            "    if np.ndim(x) != 1 or np.ndim(h) != 1:\n"
            '        raise ValueError("x and h must be one-dimensional")\n'
            "    if len(h) == 0 or len(h) > len(x):\n"
            '        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")\n',
            "",
        ),
        (
            "    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):\n"
            '        raise ValueError("x and h must be vectors with 0 < K <= D")\n',
            "",
        ),
        (
            "    if np.ndim(h) != 1 or len(h) == 0:\n"
            '        raise ValueError("h must be a non-empty vector")\n'
            "    if len(h) > D:\n"
            '        raise ValueError(f"K = {len(h)} is larger than D = {D}")\n',
            "",
        ),
        (
            "    if np.ndim(h) != 1 or not 0 < len(h) <= D:\n"
            '        raise ValueError("h must be a vector with 0 < K <= D")\n',
            "",
        ),
    ),
    "empty_kernel_accepted": (
        ("    if len(h) == 0 or len(h) > len(x):\n", "    if len(h) > len(x):\n"),
        ("not 0 < len(h) <= len(x)", "len(h) > len(x)"),
        ("    if np.ndim(h) != 1 or len(h) == 0:\n", "    if np.ndim(h) != 1:\n"),
        ("not 0 < len(h) <= D", "len(h) > D"),
    ),
    "truncated_to_integers": (
        ("np.zeros(len(x) - K + 1)", "np.zeros(len(x) - K + 1, dtype=int)"),
        ("np.zeros((D - K + 1, D))", "np.zeros((D - K + 1, D), dtype=int)"),
        ("np.zeros((D - K, D))", "np.zeros((D - K, D), dtype=int)"),
    ),
    "full_padding": (
        ('np.convolve(x, h, "valid")', "np.convolve(x, h)"),
        ('np.correlate(x, h, "valid")', 'np.correlate(x, h, "full")'),
        ('np.convolve(e, h, "valid")', "np.convolve(e, h)"),
    ),
    "same_padding": (
        ('np.convolve(x, h, "valid")', 'np.convolve(x, h, "same")'),
        ('np.convolve(e, h, "valid")', 'np.convolve(e, h, "same")'),
    ),
    "last_term_missing": (("for i in range(K):", "for i in range(K - 1):"),),
    "one_output_missing": (("range(D - K + 1)", "range(D - K)"),),
    "dimensions_unchecked": (
        (
            "    if np.ndim(x) != 1 or np.ndim(h) != 1:\n"
            '        raise ValueError("x and h must be one-dimensional")\n',
            "",
        ),
    ),
    "flips_the_kernel_in_place": (
        (
            '    return np.correlate(x, h, "valid")',
            '    h[:] = h[::-1].copy()\n    return np.convolve(x, h, "valid")',
        ),
    ),
    "kernel_as_long_as_the_signal_refused": (("len(h) > len(x)", "len(h) >= len(x)"),),
    "one_row_too_few": (("D - K + 1", "D - K"),),
    "first_row_missing": (("    return W\n", "    return W[1:]\n"),),
    "nested_once_too_often": (("    return W\n", "    return [W]\n"),),
    "kernel_of_length_D_refused": (("len(h) > D", "len(h) >= D"),),
    "long_kernel_by_one_accepted": (("len(h) > D", "len(h) > D + 1"),),
    "long_kernel_gives_nothing": (
        ("    return W\n", "    return W if len(h) <= D else np.zeros((0, D))\n"),
    ),
    "band_runs_backwards": (
        ("    return W\n", "    return W[::-1]\n"),
        ("    return np.array(W)\n", "    return np.array(W)[::-1]\n"),
    ),
}
