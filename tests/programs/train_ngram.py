"""Word embeddings with n-grams and CBOW, from the tutorial on embeddings."""
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

torch.manual_seed(1)
word_to_ix = {"hello": 0, "world": 1}
embeds = nn.Embedding(2, 5)
lookup_tensor = torch.tensor([word_to_ix["hello"]], dtype=torch.long)
hello_embed = embeds(lookup_tensor)
print(hello_embed)

CONTEXT_SIZE = 2
EMBEDDING_DIM = 10
text = """When forty winters shall besiege thy brow,
And dig deep trenches in thy beauty's field,
Thy youth's proud livery so gazed on now,
Will be a totter'd weed of small worth held:""".split()
ngrams = [([text[i - j - 1] for j in range(CONTEXT_SIZE)], text[i]) for i in range(CONTEXT_SIZE, len(text))]
print(ngrams[:3])
vocab = sorted(set(text))
word_to_ix = {word: i for i, word in enumerate(vocab)}

class NGramLanguageModeler(nn.Module):
    def __init__(self, vocab_size, embedding_dim, context_size):
        super(NGramLanguageModeler, self).__init__()
        self.embeddings = nn.Embedding(vocab_size, embedding_dim)
        self.linear1 = nn.Linear(context_size * embedding_dim, 32)
        self.linear2 = nn.Linear(32, vocab_size)

    def forward(self, inputs):
        embeds = self.embeddings(inputs).view((1, -1))
        out = F.relu(self.linear1(embeds))
        out = self.linear2(out)
        return F.log_softmax(out, dim=1)

losses = []
loss_function = nn.NLLLoss()
model = NGramLanguageModeler(len(vocab), EMBEDDING_DIM, CONTEXT_SIZE)
optimizer = optim.SGD(model.parameters(), lr=0.01)
for epoch in range(5):
    total_loss = 0
    for context, target in ngrams:
        context_idxs = torch.tensor([word_to_ix[w] for w in context], dtype=torch.long)
        model.zero_grad()
        log_probs = model(context_idxs)
        loss = loss_function(log_probs, torch.tensor([word_to_ix[target]], dtype=torch.long))
        loss.backward()
        optimizer.step()
        total_loss += loss.item()
    losses.append(total_loss)
print(["%.2f" % l for l in losses])
print(model.embeddings.weight[word_to_ix["brow,"]].shape)

class CBOW(nn.Module):
    def __init__(self, vocab_size, dim):
        super().__init__()
        self.bag = nn.EmbeddingBag(vocab_size, dim, mode="mean")
        self.out = nn.Linear(dim, vocab_size, bias=False)

    def forward(self, contexts, offsets=None):
        return self.out(self.bag(contexts, offsets))

torch.manual_seed(4)
cbow = CBOW(len(vocab), 6)
contexts = torch.tensor([[word_to_ix[text[i + d]] for d in (-2, -1, 1, 2)] for i in range(2, len(text) - 2)])
targets = torch.tensor([word_to_ix[text[i]] for i in range(2, len(text) - 2)])
opt = optim.Adagrad(cbow.parameters(), lr=0.3)
for epoch in range(20):
    opt.zero_grad()
    loss = F.cross_entropy(cbow(contexts), targets)
    loss.backward()
    opt.step()
print("%.3f" % loss.item(), (cbow(contexts).argmax(1) == targets).float().mean().item() > 0.5)
flat = cbow(contexts.flatten(), torch.arange(0, contexts.numel(), 4))
print(torch.allclose(flat, cbow(contexts), atol=1e-6))
v = F.normalize(cbow.bag.weight.detach(), dim=1)
sims = v @ v[word_to_ix["thy"]]
print(sims.argmax().item() == word_to_ix["thy"], "%.3f" % F.cosine_similarity(v[0], v[1], dim=0).item())
glove = torch.arange(12, dtype=torch.float).view(4, 3)
emb = nn.Embedding.from_pretrained(glove, freeze=True)
print(emb(torch.tensor([[0, 3]])), emb.weight.requires_grad, emb)
try:
    emb(torch.tensor([4]))
except IndexError as e:
    print(type(e).__name__, e)
