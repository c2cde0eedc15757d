# `torch.backends`: settings that are accepted and change nothing.


class _Settings:
    def __init__(self, available):
        self._available = available

    def is_available(self):
        return self._available

    def is_built(self):
        return self._available

    def version(self):
        return None


cudnn = _Settings(False)
cudnn.enabled = False
cudnn.benchmark = False
cudnn.deterministic = False
cuda = _Settings(False)
cuda.matmul = _Settings(False)
cuda.matmul.allow_tf32 = False
mps = _Settings(False)
mkl = _Settings(False)
mkldnn = _Settings(False)
mkldnn.enabled = False
openmp = _Settings(False)
