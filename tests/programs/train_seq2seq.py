"""A toy translation: numbers written backwards, with a GRU encoder and an attention decoder."""
import random
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim

SOS_token, EOS_token = 0, 1
MAX_LENGTH = 6
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

class Lang:
    def __init__(self, name):
        self.name = name
        self.word2index = {}
        self.word2count = {}
        self.index2word = {0: "SOS", 1: "EOS"}
        self.n_words = 2

    def addSentence(self, sentence):
        for word in sentence.split(' '):
            self.addWord(word)

    def addWord(self, word):
        if word not in self.word2index:
            self.word2index[word] = self.n_words
            self.word2count[word] = 1
            self.index2word[self.n_words] = word
            self.n_words += 1
        else:
            self.word2count[word] += 1

words = ['eins', 'zwei', 'drei', 'vier']
english = dict(zip(words, ['one', 'two', 'three', 'four']))
random.seed(0)
pairs = []
for _ in range(12):
    line = [random.choice(words) for _ in range(random.randint(2, 4))]
    pairs.append((' '.join(line), ' '.join(english[w] for w in reversed(line))))
input_lang, output_lang = Lang('de'), Lang('en')
for a, b in pairs:
    input_lang.addSentence(a)
    output_lang.addSentence(b)
print(input_lang.n_words, output_lang.n_words, sorted(input_lang.word2count.items()))
print(pairs[0])

class EncoderRNN(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size)

    def forward(self, input, hidden):
        embedded = self.embedding(input).view(1, 1, -1)
        return self.gru(embedded, hidden)

    def initHidden(self):
        return torch.zeros(1, 1, self.hidden_size, device=device)

class AttnDecoderRNN(nn.Module):
    def __init__(self, hidden_size, output_size, dropout_p=0.0, max_length=MAX_LENGTH):
        super().__init__()
        self.hidden_size, self.output_size, self.max_length = hidden_size, output_size, max_length
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.attn = nn.Linear(hidden_size * 2, max_length)
        self.attn_combine = nn.Linear(hidden_size * 2, hidden_size)
        self.dropout = nn.Dropout(dropout_p)
        self.gru = nn.GRU(hidden_size, hidden_size)
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, input, hidden, encoder_outputs):
        embedded = self.dropout(self.embedding(input).view(1, 1, -1))
        attn_weights = F.softmax(self.attn(torch.cat((embedded[0], hidden[0]), 1)), dim=1)
        attn_applied = torch.bmm(attn_weights.unsqueeze(0), encoder_outputs.unsqueeze(0))
        output = torch.cat((embedded[0], attn_applied[0]), 1)
        output = F.relu(self.attn_combine(output).unsqueeze(0))
        output, hidden = self.gru(output, hidden)
        return F.log_softmax(self.out(output[0]), dim=1), hidden, attn_weights

def tensorFromSentence(lang, sentence):
    indexes = [lang.word2index[word] for word in sentence.split(' ')] + [EOS_token]
    return torch.tensor(indexes, dtype=torch.long, device=device).view(-1, 1)

def encode(encoder, input_tensor):
    hidden = encoder.initHidden()
    outputs = torch.zeros(MAX_LENGTH, encoder.hidden_size, device=device)
    for ei in range(input_tensor.size(0)):
        output, hidden = encoder(input_tensor[ei], hidden)
        outputs[ei] = output[0, 0]
    return outputs, hidden

def train(input_tensor, target_tensor, encoder, decoder, opts, criterion, teacher_forcing):
    for o in opts:
        o.zero_grad()
    encoder_outputs, hidden = encode(encoder, input_tensor)
    decoder_input = torch.tensor([[SOS_token]], device=device)
    loss = 0
    for di in range(target_tensor.size(0)):
        output, hidden, _ = decoder(decoder_input, hidden, encoder_outputs)
        loss += criterion(output, target_tensor[di])
        if teacher_forcing:
            decoder_input = target_tensor[di]
        else:
            topv, topi = output.topk(1)
            decoder_input = topi.squeeze().detach()
            if decoder_input.item() == EOS_token:
                break
    loss.backward()
    for o in opts:
        o.step()
    return loss.item() / target_tensor.size(0)

torch.manual_seed(0)
encoder = EncoderRNN(input_lang.n_words, 16).to(device)
decoder = AttnDecoderRNN(16, output_lang.n_words).to(device)
print(decoder)
opts = [optim.SGD(m.parameters(), lr=0.1) for m in (encoder, decoder)]
criterion = nn.NLLLoss()
total = 0
for it in range(1, 61):
    a, b = pairs[it % len(pairs)]
    total += train(tensorFromSentence(input_lang, a), tensorFromSentence(output_lang, b), encoder, decoder, opts, criterion, random.random() < 0.5)
    if it % 20 == 0:
        print(f"{it:3d} {total / 20:.3f}")
        total = 0

def evaluate(sentence):
    with torch.no_grad():
        encoder_outputs, hidden = encode(encoder, tensorFromSentence(input_lang, sentence))
        decoder_input = torch.tensor([[SOS_token]], device=device)
        decoded, attentions = [], torch.zeros(MAX_LENGTH, MAX_LENGTH)
        for di in range(MAX_LENGTH):
            output, hidden, attn = decoder(decoder_input, hidden, encoder_outputs)
            attentions[di] = attn.data
            topv, topi = output.data.topk(1)
            if topi.item() == EOS_token:
                decoded.append('<EOS>')
                break
            decoded.append(output_lang.index2word[topi.item()])
            decoder_input = topi.squeeze().detach()
        return decoded, attentions[:di + 1]

decoded, attentions = evaluate(pairs[0][0])
print(len(decoded) <= MAX_LENGTH, attentions.shape[1], torch.allclose(attentions.sum(1), torch.ones(attentions.shape[0])))
