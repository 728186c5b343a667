"""Wrong answers to count_parameters, as people write them."""
# ruff: noqa


# %% dense_as_D_times_K
def count_dense_parameters(D, K):
    """You connect every input with K outputs. In a dense layer every input meets every
    output: how many outputs are there?
    """
    return D * K


def count_convolution_parameters(D, K):
    return K


# %% dense_counts_the_band
def count_dense_parameters(D, K):
    """For the dense layer you count K entries per row, the band of W_h. In a dense W every
    entry is free, not only those in the band.
    """
    return K * (D - K + 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_one_row_too_few
def count_dense_parameters(D, K):
    """For the dense layer you take one row too few: W has as many rows as the kernel has
    positions in x. Try D = K.
    """
    return D * (D - K)


def count_convolution_parameters(D, K):
    return K


# %% dense_two_rows_too_few
def count_dense_parameters(D, K):
    """For the dense layer the number of rows has the wrong sign before the 1: count the
    positions of a kernel with K = D.
    """
    return D * (D - K - 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_one_row_too_many
def count_dense_parameters(D, K):
    """For the dense layer you take one row too many: W has as many rows as the kernel has
    positions in x.
    """
    return D * (D - K + 2)


def count_convolution_parameters(D, K):
    return K


# %% dense_square
def count_dense_parameters(D, K):
    """You count a square W. The layer has D inputs but fewer outputs: look at the shape of
    W on the sheet.
    """
    return D**2


def count_convolution_parameters(D, K):
    return K


# %% dense_outputs_squared
def count_dense_parameters(D, K):
    """You take the number of outputs twice. W has one column for each of the D inputs."""
    return (D - K + 1) ** 2


def count_convolution_parameters(D, K):
    return K


# %% dense_outputs_alone
def count_dense_parameters(D, K):
    """For the dense layer you count its outputs. Each of them has weights of its own, one
    for each input.
    """
    return D - K + 1


def count_convolution_parameters(D, K):
    return K


# %% dense_inputs_alone
def count_dense_parameters(D, K):
    """For the dense layer you count its inputs. Each of them has a weight for every output."""
    return D


def count_convolution_parameters(D, K):
    return K


# %% dense_bias_of_each_output
def count_dense_parameters(D, K):
    """For the dense layer you count a bias for each output. The sheet's f(x) = W x has none."""
    return (D + 1) * (D - K + 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_single_bias
def count_dense_parameters(D, K):
    """For the dense layer you count one bias. The sheet's f(x) = W x has none."""
    return D * (D - K + 1) + 1


def count_convolution_parameters(D, K):
    return K


# %% dense_full_padding
def count_dense_parameters(D, K):
    """For the dense layer you take as many outputs as a padded convolution has. The sheet's
    layer has fewer outputs than inputs.
    """
    return D * (D + K - 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_sum_for_product
def count_dense_parameters(D, K):
    """You add the numbers of rows and columns of W. How many entries does a table with so
    many rows and columns have?
    """
    return D + (D - K + 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_brackets_missing
def count_dense_parameters(D, K):
    """Your brackets are missing: the multiplication is done before the subtraction, so that
    only one number is multiplied by D.
    """
    return D * D - K + 1


def count_convolution_parameters(D, K):
    return K


# %% dense_brackets_too_early
def count_dense_parameters(D, K):
    """Your bracket closes too early: the 1 belongs to the number of rows, which is
    multiplied as a whole.
    """
    return D * (D - K) + 1


def count_convolution_parameters(D, K):
    return K


# %% dense_includes_the_kernel
def count_dense_parameters(D, K):
    """For the dense layer you add the kernel's parameters. The dense layer has no kernel,
    only W.
    """
    return D * (D - K + 1) + K


def count_convolution_parameters(D, K):
    return K


# %% dense_without_the_band
def count_dense_parameters(D, K):
    """For the dense layer you count the places where W_h is zero. In a dense W all places
    count, the others too.
    """
    return (D - K) * (D - K + 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_halved
def count_dense_parameters(D, K):
    """For the dense layer you count half of the entries. W need not be symmetric, every
    entry is free.
    """
    return D * (D - K + 1) // 2


def count_convolution_parameters(D, K):
    return K


# %% dense_times_K
def count_dense_parameters(D, K):
    """For the dense layer you multiply by K on top. K only enters through the number of
    outputs.
    """
    return K * D * (D - K + 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_D_and_K_swapped
def count_dense_parameters(D, K):
    """For the dense layer D and K have changed places: D is the length of the input, K that
    of the kernel.
    """
    return K * (K - D + 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_example_only
def count_dense_parameters(D, K):
    """Your dense count is the same for every D and K. It has to be worked out from both."""
    return 35


def count_convolution_parameters(D, K):
    return K


# %% dense_shape_returned
def count_dense_parameters(D, K):
    """You return the shape of W. Asked is one number: how many entries has a matrix of this
    shape?
    """
    return (D - K + 1, D)


def count_convolution_parameters(D, K):
    return K


# %% dense_absolute_difference
def count_dense_parameters(D, K):
    """For the dense layer the 1 is subtracted instead of added in the number of rows, with
    an absolute value around it. Try D = K.
    """
    return D * abs(D - K - 1)


def count_convolution_parameters(D, K):
    return K


# %% dense_ignores_K_one
def count_dense_parameters(D, K):
    """For K = 1 you count D parameters in the dense layer. A dense W still has an entry for
    every pair of input and output.
    """
    return D * (D - K + 1) if K > 1 else D


def count_convolution_parameters(D, K):
    return K


# %% kernel_with_bias
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count a bias. The sheet's layer x * h has none."""
    return K + 1


# %% kernel_with_bias_of_each_output
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count a bias for each output. The sheet's layer x * h
    has none.
    """
    return K + D - K + 1


# %% band_entries_counted
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count every entry in the band of W_h. The same K
    numbers return in every row: a number that is used again is no new parameter.
    """
    return K * (D - K + 1)


# %% zero_entries_counted
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count every entry of W_h, zeros included. Which of
    them can be chosen freely?
    """
    return D * (D - K + 1)


# %% fixed_zeros_counted
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count the entries of W_h that are zero. These are
    fixed: count what can be chosen.
    """
    return D * (D - K + 1) - K * (D - K + 1)


# %% kernel_at_each_input
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count a kernel for each input. It is one and the same
    kernel at every position.
    """
    return K * D


# %% outputs_counted
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count its outputs. Parameters are the numbers that
    can be chosen, and no output has one of its own.
    """
    return D - K + 1


# %% inputs_counted
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count its inputs. How many numbers have to be known
    to write down all of W_h?
    """
    return D


# %% kernel_one_too_short
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count one too few: h_1 counts as well."""
    return K - 1


# %% kernel_squared
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """You count a kernel with K rows and K columns. The sheet's kernel is a vector."""
    return K**2


# %% kernel_twice
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """You count the kernel twice. However often h is used, it is one set of numbers."""
    return 2 * K


# %% kernel_half
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """You count half of the kernel, as if it were symmetric. Each entry of h can be chosen
    by itself.
    """
    return (K + 1) // 2


# %% diagonals_counted
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """For the convolutional layer you count all diagonals of W_h. Those outside of the band
    are fixed to zero.
    """
    return D + D - K


# %% zero_counted_as_a_value
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """You count how many different values stand in W_h, and the zero is one of them. It is
    fixed, it cannot be chosen.
    """
    return K + 1 if K < D else K


# %% kernel_of_three
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """Your count for the convolutional layer is the same for every D and K. It depends on
    one of them: look at what the layer is made of.
    """
    return 3


# %% kernel_and_zeros
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """You add the zeros of W_h to the kernel. They are fixed, only the kernel can be chosen."""
    return K + (D - K + 1) * (D - K)


# %% one_value
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    """You count one parameter for the convolutional layer: one kernel, but it holds several
    numbers.
    """
    return 1


# %% functions_swapped
def count_dense_parameters(D, K):
    """Your two functions have changed places: the dense layer is the one with many parameters."""
    return K


def count_convolution_parameters(D, K):
    return D * (D - K + 1)


# %% prints_but_returns_nothing
def count_dense_parameters(D, K):
    """Your functions return None. Printing the number is not enough: hand it back to
    whoever called.
    """
    print(D * (D - K + 1))


def count_convolution_parameters(D, K):
    print(K)


# %% text_for_a_number
def count_dense_parameters(D, K):
    """You return text. It may hold the right digits, but asked is a number."""
    return str(D * (D - K + 1))


def count_convolution_parameters(D, K):
    return str(K)


# %% list_with_the_number
def count_dense_parameters(D, K):
    """You return a list with the number in it. Asked is the number itself."""
    return [D * (D - K + 1)]


def count_convolution_parameters(D, K):
    return [K]


# %% arguments_in_the_wrong_order
def count_dense_parameters(K, D):
    """Your functions take K first and D second. They are called with D first."""
    return D * (D - K + 1)


def count_convolution_parameters(K, D):
    return K


# %% matrix_returned
def count_dense_parameters(D, K):
    """You return a whole weight matrix or kernel. Asked is how many numbers it holds."""
    return np.ones((D - K + 1, D))


def count_convolution_parameters(D, K):
    return np.ones(K)


# %% small_integers_overflow
def count_dense_parameters(D, K):
    """Your dense count overflows: it is kept in an integer type that is too small for it."""
    return np.int64(D * (D - K + 1)).astype(np.int16)


def count_convolution_parameters(D, K):
    return K


# %% band_entries_of_one_row_less
def count_dense_parameters(D, K):
    """For the convolutional layer you count the entries of the band, and of one row too few
    besides. The same K numbers return in every row: a number that is used again is no new
    parameter.
    """
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    return K * (D - K)


# %% dense_bias_of_each_output + kernel_with_bias
def count_dense_parameters(D, K):
    return (D + 1) * (D - K + 1)


def count_convolution_parameters(D, K):
    return K + 1


# %% dense_bias_of_each_output + kernel_with_bias_of_each_output
def count_dense_parameters(D, K):
    return (D + 1) * (D - K + 1)


def count_convolution_parameters(D, K):
    return K + D - K + 1


# %% dense_single_bias + kernel_with_bias
def count_dense_parameters(D, K):
    return D * (D - K + 1) + 1


def count_convolution_parameters(D, K):
    return K + 1


# %% dense_square + band_entries_counted
def count_dense_parameters(D, K):
    return D**2


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_square + zero_entries_counted
def count_dense_parameters(D, K):
    return D**2


def count_convolution_parameters(D, K):
    return D * (D - K + 1)


# %% dense_square + kernel_at_each_input
def count_dense_parameters(D, K):
    return D**2


def count_convolution_parameters(D, K):
    return K * D


# %% dense_square + kernel_with_bias
def count_dense_parameters(D, K):
    return D**2


def count_convolution_parameters(D, K):
    return K + 1


# %% dense_as_D_times_K + band_entries_counted
def count_dense_parameters(D, K):
    return D * K


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_as_D_times_K + outputs_counted
def count_dense_parameters(D, K):
    return D * K


def count_convolution_parameters(D, K):
    return D - K + 1


# %% dense_as_D_times_K + kernel_with_bias
def count_dense_parameters(D, K):
    return D * K


def count_convolution_parameters(D, K):
    return K + 1


# %% dense_one_row_too_few + band_entries_counted
def count_dense_parameters(D, K):
    return D * (D - K)


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_one_row_too_few + zero_entries_counted
def count_dense_parameters(D, K):
    return D * (D - K)


def count_convolution_parameters(D, K):
    return D * (D - K + 1)


# %% dense_one_row_too_few + outputs_counted
def count_dense_parameters(D, K):
    return D * (D - K)


def count_convolution_parameters(D, K):
    return D - K + 1


# %% dense_one_row_too_few + kernel_with_bias
def count_dense_parameters(D, K):
    return D * (D - K)


def count_convolution_parameters(D, K):
    return K + 1


# %% dense_brackets_missing + band_entries_counted
def count_dense_parameters(D, K):
    return D * D - K + 1


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_brackets_missing + kernel_with_bias
def count_dense_parameters(D, K):
    return D * D - K + 1


def count_convolution_parameters(D, K):
    return K + 1


# %% dense_outputs_squared + band_entries_counted
def count_dense_parameters(D, K):
    return (D - K + 1) ** 2


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_counts_the_band + kernel_with_bias
def count_dense_parameters(D, K):
    return K * (D - K + 1)


def count_convolution_parameters(D, K):
    return K + 1


# %% dense_outputs_alone + inputs_counted
def count_dense_parameters(D, K):
    return D - K + 1


def count_convolution_parameters(D, K):
    return D


# %% dense_inputs_alone + outputs_counted
def count_dense_parameters(D, K):
    return D


def count_convolution_parameters(D, K):
    return D - K + 1


# %% dense_example_only + kernel_of_three
def count_dense_parameters(D, K):
    return 35


def count_convolution_parameters(D, K):
    return 3


# %% dense_full_padding + band_entries_counted
def count_dense_parameters(D, K):
    return D * (D + K - 1)


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_sum_for_product + outputs_counted
def count_dense_parameters(D, K):
    return D + (D - K + 1)


def count_convolution_parameters(D, K):
    return D - K + 1


# %% dense_single_bias + kernel_with_bias_of_each_output
def count_dense_parameters(D, K):
    return D * (D - K + 1) + 1


def count_convolution_parameters(D, K):
    return K + D - K + 1


# %% dense_bias_of_each_output + band_entries_counted
def count_dense_parameters(D, K):
    return (D + 1) * (D - K + 1)


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_bias_of_each_output + zero_entries_counted
def count_dense_parameters(D, K):
    return (D + 1) * (D - K + 1)


def count_convolution_parameters(D, K):
    return D * (D - K + 1)


# %% dense_one_row_too_many + band_entries_counted
def count_dense_parameters(D, K):
    return D * (D - K + 2)


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_outputs_alone + band_entries_counted
def count_dense_parameters(D, K):
    return D - K + 1


def count_convolution_parameters(D, K):
    return K * (D - K + 1)


# %% dense_square + kernel_squared
def count_dense_parameters(D, K):
    return D**2


def count_convolution_parameters(D, K):
    return K**2


# %% dense_one_row_too_few + band_entries_of_one_row_less
def count_dense_parameters(D, K):
    return D * (D - K)


def count_convolution_parameters(D, K):
    return K * (D - K)


# %% dense_square + inputs_counted
def count_dense_parameters(D, K):
    return D * D


def count_convolution_parameters(D, K):
    return D


# %% dense_square + outputs_counted
def count_dense_parameters(D, K):
    return D * D


def count_convolution_parameters(D, K):
    return D - K + 1


# %% dense_as_D_times_K + zero_entries_counted
def count_dense_parameters(D, K):
    return D * K


def count_convolution_parameters(D, K):
    return D * (D - K + 1)


# %% dense_as_D_times_K + inputs_counted
def count_dense_parameters(D, K):
    return D * K


def count_convolution_parameters(D, K):
    return D


# %% dense_brackets_missing + outputs_counted
def count_dense_parameters(D, K):
    return D * D - K + 1


def count_convolution_parameters(D, K):
    return D - K + 1


# %% dense_one_row_too_few + kernel_one_too_short
def count_dense_parameters(D, K):
    return D * (D - K)


def count_convolution_parameters(D, K):
    return K - 1


# %% dense_sum_for_product + kernel_with_bias
def count_dense_parameters(D, K):
    return D + D - K + 1


def count_convolution_parameters(D, K):
    return K + 1


# %% dense_outputs_alone + kernel_with_bias
def count_dense_parameters(D, K):
    return D - K + 1


def count_convolution_parameters(D, K):
    return K + 1
