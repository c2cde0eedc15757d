//! The words that programs are made of.

/// Words that change what a line means.
pub(crate) const WORDS: &[&str] = &[
    "0",
    "-1",
    "1",
    "2",
    "None",
    "True",
    "x",
    "w",
    "self",
    "[]",
    "()",
    "{}",
    "''",
    "1e308",
    "float('nan')",
    "10**9",
    "2**62",
    "-9223372036854775808",
    "torch",
    "[1, 2]",
    "(1, 2)",
    "lambda: 0",
    "...",
    "*",
    "**",
    "//",
    "%",
    "@",
    "<<",
    "not",
    "in",
    "is",
    "len",
    "print",
    "range",
    "list",
    "str",
    "int",
    "type",
    ".grad",
    ".data",
    ".T",
    "[0]",
    "[None]",
    "[::2]",
    "[-1]",
    "dim=1",
    "super()",
    "yield",
    "return",
    "torch.zeros(0)",
    "torch.ones(2, 3)",
    "torch.arange(5)",
    "'%d'",
    "f'{x:>10}'",
    "x for x in x",
    "x.shape",
    "x.sum()",
    "w.grad",
    "i",
    "f",
    "A",
    "A()",
    "self.x",
    "'a'",
    "b'a'",
    "'é𝒳'",
    "1j",
    "0x_ff",
    "1_000",
    "[[1], [2, 3]]",
    "{1, 2}",
    "{'a': 1}",
    "range(10**18)",
    "slice(None)",
    "(i for i in x)",
    "torch.float64",
    "torch.long",
    "torch.bool",
    "torch.empty(0, 3)",
    "torch.tensor(2.0)",
    "torch.tensor([True, False, True])",
    "torch.randn(3, 3, requires_grad=True)",
    "np.ones(3)",
    "np.zeros((2, 0))",
    "np.arange(6).reshape(2, 3)",
    "nn.Linear(3, 2)",
    "nn.Parameter(torch.ones(3))",
    "(-1, 3)",
    "[0, -1]",
    "-3",
    "1000000",
    "2**31",
    "keepdim=True",
    "dtype=torch.int64",
    "out=x",
    "*x",
    "**x",
    "x := 1",
    "global x",
    "nonlocal x",
    "await x",
    "async",
    "match",
    "del x",
    "raise",
    "assert",
    "pass",
    "break",
    "continue",
    "finally:",
    "else:",
    "except:",
    "import",
    "from",
    "lambda",
    "yield from x",
    "->",
    "!=",
    "\\",
    "\'\'\'",
    "{",
    "}",
    "[",
    "(",
    ")",
    "]",
    ":",
    ",",
    ";",
    "#",
    "f'{",
    "f'{x!r:{w}}'",
    "'{:>{}}'.format(x, 5)",
    "'%*d' % (5, x)",
    "{**x}",
    "[*x]",
    "x[...]",
    "x[:, None]",
    "x[x > 0]",
    "x[::-1]",
    "x[1, 2]",
    "not in",
    "is not",
    "and",
    "or",
    "if",
    "else",
    "for",
    "while",
    "with",
    "try:",
    "class",
    "def",
];

/// Functions of torch, and methods.
pub(crate) const FUNCTIONS: &str = "\
    tensor zeros ones full arange linspace eye rand randn randint randperm empty sum mean prod std var \
    max min argmax argmin sort argsort topk kthvalue median mode unique cumsum cumprod cat stack hstack \
    split chunk reshape view expand permute transpose squeeze unsqueeze flatten repeat repeat_interleave \
    tile roll flip item tolist numpy backward detach clone relu softmax log_softmax sigmoid tanh exp log \
    sqrt abs pow clamp matmul mm bmm mv dot outer einsum gather scatter scatter_ index_select \
    masked_fill masked_select where nonzero take add_ sub_ mul_ div_ zero_ fill_ copy_ uniform_ normal_ \
    requires_grad_ retain_grad register_hook conv1d conv2d max_pool2d avg_pool2d pad interpolate \
    embedding one_hot cross_entropy mse_loss nll_loss linear dropout batch_norm layer_norm norm cdist \
    allclose equal isnan any all tril triu diag trace logsumexp bincount histc multinomial bernoulli \
    manual_seed no_grad to type size dim numel is_contiguous contiguous unbind unfold cross kron \
    meshgrid lerp addmm baddbmm round floor fmod remainder sign sin atan2 append extend insert items \
    keys values join split strip replace format pop get update setdefault count index sort reverse \
    remove copy encode decode upper find zfill center partition title isdigit translate startswith \
    parameters state_dict load_state_dict step zero_grad forward train eval apply children modules \
    named_parameters register_buffer half int float double long bool byte cpu cuda __init__ __class__ \
    __dict__ __name__ __call__ __add__ __getitem__ __len__ __iter__ __next__ __eq__ __hash__ send throw \
    close";

/// What is called by its name.
pub(crate) const CALLS: &str = "\
    len str repr int float list tuple dict set frozenset sorted sum min max abs bool iter next range \
    enumerate zip map filter type isinstance issubclass hasattr getattr setattr callable hash id round \
    any all print vars dir reversed divmod pow chr ord hex bin oct ascii format bytes bytearray complex \
    object property staticmethod super slice input open exec eval exit globals locals np.array np.sum \
    np.dot np.random.rand np.linalg.norm np.concatenate np.where np.save nn.Linear nn.Conv2d \
    nn.Sequential nn.Embedding nn.LSTM nn.BatchNorm1d nn.Parameter F.relu F.softmax F.cross_entropy \
    F.conv2d F.one_hot F.pad optim.SGD optim.Adam math.sqrt math.factorial math.comb math.gcd \
    random.choice random.shuffle random.sample copy.deepcopy json.dumps json.loads re.sub re.findall \
    itertools.product itertools.permutations itertools.chain itertools.islice functools.reduce \
    functools.partial collections.Counter collections.deque collections.namedtuple torch.Tensor \
    torch.LongTensor torch.Size torch.autograd.grad torch.jit.script torch.save torch.load DataLoader \
    TensorDataset";
