# `torch.utils.tensorboard`: what is written for TensorBoard goes nowhere.


class SummaryWriter:
    def __init__(self, log_dir=None, comment="", purge_step=None, max_queue=10, flush_secs=120, filename_suffix=""):
        self.log_dir = log_dir or "runs" + comment

    def get_logdir(self):
        return self.log_dir

    def add_figure(self, tag, figure, global_step=None, close=True, walltime=None):
        if close:
            import matplotlib.pyplot as plt

            for one in figure if isinstance(figure, list) else [figure]:
                plt.close(one)

    def flush(self, *args, **kwargs):
        pass

    add_scalar = add_scalars = add_histogram = add_image = add_images = add_image_with_boxes = flush
    add_video = add_audio = add_text = add_graph = add_embedding = add_pr_curve = add_mesh = add_hparams = close = flush

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None
