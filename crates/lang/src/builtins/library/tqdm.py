# `tqdm`: what is gone through, without its bar, which is no output of a program.


class tqdm:
    def __init__(self, iterable=None, desc=None, total=None, leave=True, **options):
        self.iterable, self.desc, self.total, self.n, self.disable = iterable, desc, total, options.get("initial", 0), False
        self.postfix = None
        if total is None and hasattr(iterable, "__len__"):
            self.total = len(iterable)

    def __iter__(self):
        for item in self.iterable:
            yield item
            self.n += 1

    def __len__(self):
        return self.total

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def update(self, n=1):
        self.n += n

    def set_description(self, desc=None, refresh=True):
        self.desc = desc

    set_description_str = set_description

    def set_postfix(self, ordered_dict=None, refresh=True, **kwargs):
        self.postfix = ordered_dict or kwargs

    def set_postfix_str(self, s="", refresh=True):
        self.postfix = s

    def reset(self, total=None):
        self.n = 0
        self.total = self.total if total is None else total

    def refresh(self):
        pass

    clear = close = refresh

    @staticmethod
    def write(s, file=None, end="\n"):
        print(s, file=file, end=end)


def trange(*args, **kwargs):
    return tqdm(range(*args), **kwargs)


tqdm_notebook = tqdm
