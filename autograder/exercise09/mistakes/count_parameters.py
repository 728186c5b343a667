"""Wrong answers to count_parameters, as people write them: see autograder.exercise.known_answers."""
# %% dense_as_D_times_K from formulas
# You connect every input with K outputs. In a dense layer every input meets every output: how many
# outputs are there?
# with: band_entries_counted, outputs_counted, kernel_with_bias, zero_entries_counted
# with: inputs_counted
#-    return D * (D - K + 1)
#+    return D * K

# %% dense_counts_the_band from formulas
# For the dense layer you count K entries per row, the band of W_h. In a dense W every entry is
# free, not only those in the band.
# with: kernel_with_bias
#-    return D * (D - K + 1)
#+    return K * (D - K + 1)

# %% dense_one_row_too_few from formulas
# For the dense layer you take one row too few: W has as many rows as the kernel has positions in x.
# Try D = K.
# with: band_entries_counted, zero_entries_counted, outputs_counted, kernel_with_bias
# with: band_entries_of_one_row_less, kernel_one_too_short
#-    return D * (D - K + 1)
#+    return D * (D - K)

# %% dense_two_rows_too_few from formulas
# For the dense layer the number of rows has the wrong sign before the 1: count the positions of a
# kernel with K = D.
#-    return D * (D - K + 1)
#+    return D * (D - K - 1)

# %% dense_one_row_too_many from formulas
# For the dense layer you take one row too many: W has as many rows as the kernel has positions in
# x.
# with: band_entries_counted
#-    return D * (D - K + 1)
#+    return D * (D - K + 2)

# %% dense_square from formulas
# You count a square W. The layer has D inputs but fewer outputs: look at the shape of W on the
# sheet.
# with: band_entries_counted, zero_entries_counted, kernel_at_each_input, kernel_with_bias
# with: kernel_squared, inputs_counted, outputs_counted
#-    return D * (D - K + 1)
#+    return D**2

# %% dense_outputs_squared from formulas
# You take the number of outputs twice. W has one column for each of the D inputs.
# with: band_entries_counted
#-    return D * (D - K + 1)
#+    return (D - K + 1) ** 2

# %% dense_outputs_alone from formulas
# For the dense layer you count its outputs. Each of them has weights of its own, one for each
# input.
# with: inputs_counted, band_entries_counted, kernel_with_bias
#-    return D * (D - K + 1)
#+    return D - K + 1

# %% dense_inputs_alone from formulas
# For the dense layer you count its inputs. Each of them has a weight for every output.
# with: outputs_counted
#-    return D * (D - K + 1)
#+    return D

# %% dense_bias_of_each_output from formulas
# For the dense layer you count a bias for each output. The sheet's f(x) = W x has none.
# with: kernel_with_bias, kernel_with_bias_of_each_output, band_entries_counted
# with: zero_entries_counted
#-    return D * (D - K + 1)
#+    return (D + 1) * (D - K + 1)

# %% dense_single_bias from formulas
# For the dense layer you count one bias. The sheet's f(x) = W x has none.
# with: kernel_with_bias, kernel_with_bias_of_each_output
#-    return D * (D - K + 1)
#+    return D * (D - K + 1) + 1

# %% dense_full_padding from formulas
# For the dense layer you take as many outputs as a padded convolution has. The sheet's layer has
# fewer outputs than inputs.
# with: band_entries_counted
#-    return D * (D - K + 1)
#+    return D * (D + K - 1)

# %% dense_sum_for_product from formulas
# You add the numbers of rows and columns of W. How many entries does a table with so many rows and
# columns have?
# with: outputs_counted, kernel_with_bias
#-    return D * (D - K + 1)
#+    return D + (D - K + 1)

# %% dense_brackets_missing from formulas
# Your brackets are missing: the multiplication is done before the subtraction, so that only one
# number is multiplied by D.
# with: band_entries_counted, kernel_with_bias, outputs_counted
#-    return D * (D - K + 1)
#+    return D * D - K + 1

# %% dense_brackets_too_early from formulas
# Your bracket closes too early: the 1 belongs to the number of rows, which is multiplied as a
# whole.
#-    return D * (D - K + 1)
#+    return D * (D - K) + 1

# %% dense_includes_the_kernel from formulas
# For the dense layer you add the kernel's parameters. The dense layer has no kernel, only W.
#-    return D * (D - K + 1)
#+    return D * (D - K + 1) + K

# %% dense_without_the_band from formulas
# For the dense layer you count the places where W_h is zero. In a dense W all places count, the
# others too.
#-    return D * (D - K + 1)
#+    return (D - K) * (D - K + 1)

# %% dense_halved from formulas
# For the dense layer you count half of the entries. W need not be symmetric, every entry is free.
#-    return D * (D - K + 1)
#+    return D * (D - K + 1) // 2

# %% dense_times_K from formulas
# For the dense layer you multiply by K on top. K only enters through the number of outputs.
#-    return D * (D - K + 1)
#+    return K * D * (D - K + 1)

# %% dense_D_and_K_swapped from formulas
# For the dense layer D and K have changed places: D is the length of the input, K that of the
# kernel.
#-    return D * (D - K + 1)
#+    return K * (K - D + 1)

# %% dense_example_only from formulas
# Your dense count is the same for every D and K. It has to be worked out from both.
# with: kernel_of_three
#-    return D * (D - K + 1)
#+    return 35

# %% dense_shape_returned from formulas
# You return the shape of W. Asked is one number: how many entries has a matrix of this shape?
#-    return D * (D - K + 1)
#+    return (D - K + 1, D)

# %% dense_absolute_difference from formulas
# For the dense layer the 1 is subtracted instead of added in the number of rows, with an absolute
# value around it. Try D = K.
#-    return D * (D - K + 1)
#+    return D * abs(D - K - 1)

# %% dense_ignores_K_one from formulas
# For K = 1 you count D parameters in the dense layer. A dense W still has an entry for every pair
# of input and output.
#-    return D * (D - K + 1)
#+    return D * (D - K + 1) if K > 1 else D

# %% kernel_with_bias from formulas
# For the convolutional layer you count a bias. The sheet's layer x * h has none.
#-    return K
#+    return K + 1

# %% kernel_with_bias_of_each_output from formulas
# For the convolutional layer you count a bias for each output. The sheet's layer x * h has none.
#-    return K
#+    return K + D - K + 1

# %% band_entries_counted from formulas
# For the convolutional layer you count every entry in the band of W_h. The same K numbers return in
# every row: a number that is used again is no new parameter.
#-    return K
#+    return K * (D - K + 1)

# %% zero_entries_counted from formulas
# For the convolutional layer you count every entry of W_h, zeros included. Which of them can be
# chosen freely?
#-    return K
#+    return D * (D - K + 1)

# %% fixed_zeros_counted from formulas
# For the convolutional layer you count the entries of W_h that are zero. These are fixed: count
# what can be chosen.
#-    return K
#+    return D * (D - K + 1) - K * (D - K + 1)

# %% kernel_at_each_input from formulas
# For the convolutional layer you count a kernel for each input. It is one and the same kernel at
# every position.
#-    return K
#+    return K * D

# %% outputs_counted from formulas
# For the convolutional layer you count its outputs. Parameters are the numbers that can be chosen,
# and no output has one of its own.
#-    return K
#+    return D - K + 1

# %% inputs_counted from formulas
# For the convolutional layer you count its inputs. How many numbers have to be known to write down
# all of W_h?
#-    return K
#+    return D

# %% kernel_one_too_short from formulas
# For the convolutional layer you count one too few: h_1 counts as well.
#-    return K
#+    return K - 1

# %% kernel_squared from formulas
# You count a kernel with K rows and K columns. The sheet's kernel is a vector.
#-    return K
#+    return K**2

# %% kernel_twice from formulas
# You count the kernel twice. However often h is used, it is one set of numbers.
#-    return K
#+    return 2 * K

# %% kernel_half from formulas
# You count half of the kernel, as if it were symmetric. Each entry of h can be chosen by itself.
#-    return K
#+    return (K + 1) // 2

# %% diagonals_counted from formulas
# For the convolutional layer you count all diagonals of W_h. Those outside of the band are fixed to
# zero.
#-    return K
#+    return D + D - K

# %% zero_counted_as_a_value from formulas
# You count how many different values stand in W_h, and the zero is one of them. It is fixed, it
# cannot be chosen.
#-    return K
#+    return K + 1 if K < D else K

# %% kernel_of_three from formulas
# Your count for the convolutional layer is the same for every D and K. It depends on one of them:
# look at what the layer is made of.
#-    return K
#+    return 3

# %% kernel_and_zeros from formulas
# You add the zeros of W_h to the kernel. They are fixed, only the kernel can be chosen.
#-    return K
#+    return K + (D - K + 1) * (D - K)

# %% one_value from formulas
# You count one parameter for the convolutional layer: one kernel, but it holds several numbers.
#-    return K
#+    return 1

# %% functions_swapped from formulas
# Your two functions have changed places: the dense layer is the one with many parameters.
#-    return D * (D - K + 1)
#+    return K
#@
#-    return K
#+    return D * (D - K + 1)

# %% prints_but_returns_nothing from formulas
# Your functions return None. Printing the number is not enough: hand it back to whoever called.
#-    return D * (D - K + 1)
#+    print(D * (D - K + 1))
#@
#-    return K
#+    print(K)

# %% text_for_a_number from formulas
# You return text. It may hold the right digits, but asked is a number.
#-    return D * (D - K + 1)
#+    return str(D * (D - K + 1))
#@
#-    return K
#+    return str(K)

# %% list_with_the_number from formulas
# You return a list with the number in it. Asked is the number itself.
#-    return D * (D - K + 1)
#+    return [D * (D - K + 1)]
#@
#-    return K
#+    return [K]

# %% arguments_in_the_wrong_order from formulas
# Your functions take K first and D second. They are called with D first.
#-def count_dense_parameters(D, K):
#+def count_dense_parameters(K, D):
#@
#-def count_convolution_parameters(D, K):
#+def count_convolution_parameters(K, D):

# %% matrix_returned from formulas
# You return a whole weight matrix or kernel. Asked is how many numbers it holds.
#-    return D * (D - K + 1)
#+    return np.ones((D - K + 1, D))
#@
#-    return K
#+    return np.ones(K)

# %% small_integers_overflow from formulas
# Your dense count overflows: it is kept in an integer type that is too small for it.
#-    return D * (D - K + 1)
#+    return np.int64(D * (D - K + 1)).astype(np.int16)

# %% band_entries_of_one_row_less from formulas
# For the convolutional layer you count the entries of the band, and of one row too few besides. The
# same K numbers return in every row: a number that is used again is no new parameter.
#-    return K
#+    return K * (D - K)

# %% dense_outputs_by_a_formula_for_strides from formulas
# You halve the number of outputs: in the formula with padding and stride, the 1 stands behind the
# fraction and not in its denominator. Try D = K, where there is one output.
#-    return D * (D - K + 1)
#+    return D * ((D - K) // (1 + 1))

# %% keyword_only_parameters from formulas
# Your D and K can be given by name only (there is a * before them), but the task gives them by
# position: the first line of each function has to stay as it was.
#-def count_dense_parameters(D, K):
#+def count_dense_parameters(*, D, K):
#@
#-def count_convolution_parameters(D, K):
#+def count_convolution_parameters(*, D, K):

# %% float_for_a_whole_number from formulas
# What you return is a float: it has a decimal point. A number of parameters counts something, so it
# is a whole number (int), as the visible check says.
#-    return D * (D - K + 1)
#+    return float(D) * (D - K + 1)
#@
#-    return K
#+    return K / 1
