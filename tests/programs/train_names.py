"""Classifying names with a character-level RNN."""
import unicodedata
import string
import random
import torch
import torch.nn as nn

all_letters = string.ascii_letters + " .,;'"
n_letters = len(all_letters)

def unicode_to_ascii(s):
    return ''.join(c for c in unicodedata.normalize('NFD', s) if unicodedata.category(c) != 'Mn' and c in all_letters)

print(unicode_to_ascii('Ślusàrski'))

category_lines = {
    'Italian': ['Rossi', 'Bianchi', 'Esposito', 'Romano', 'Ricci'],
    'Japanese': ['Tanaka', 'Suzuki', 'Yamamoto', 'Sato', 'Ito'],
    'Scottish': ['Fraser', 'MacDonald', 'Campbell', 'Stewart', 'Reid'],
}
all_categories = list(category_lines)
n_categories = len(all_categories)

def letter_to_index(letter):
    return all_letters.find(letter)

def line_to_tensor(line):
    tensor = torch.zeros(len(line), 1, n_letters)
    for li, letter in enumerate(line):
        tensor[li][0][letter_to_index(letter)] = 1
    return tensor

print(line_to_tensor('Jones').size())

class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super(RNN, self).__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size + hidden_size, hidden_size)
        self.i2o = nn.Linear(input_size + hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, input, hidden):
        combined = torch.cat((input, hidden), 1)
        hidden = self.i2h(combined)
        output = self.i2o(combined)
        output = self.softmax(output)
        return output, hidden

    def initHidden(self):
        return torch.zeros(1, self.hidden_size)

torch.manual_seed(3)
random.seed(3)
n_hidden = 16
rnn = RNN(n_letters, n_hidden, n_categories)
criterion = nn.NLLLoss()
learning_rate = 0.05

def category_from_output(output):
    top_n, top_i = output.topk(1)
    category_i = top_i[0].item()
    return all_categories[category_i], category_i

def random_training_example():
    category = random.choice(all_categories)
    line = random.choice(category_lines[category])
    category_tensor = torch.tensor([all_categories.index(category)], dtype=torch.long)
    return category, line, category_tensor, line_to_tensor(line)

def train(category_tensor, line_tensor):
    hidden = rnn.initHidden()
    rnn.zero_grad()
    for i in range(line_tensor.size()[0]):
        output, hidden = rnn(line_tensor[i], hidden)
    loss = criterion(output, category_tensor)
    loss.backward()
    for p in rnn.parameters():
        p.data.add_(p.grad.data, alpha=-learning_rate)
    return output, loss.item()

current_loss = 0
for it in range(1, 301):
    category, line, category_tensor, line_tensor = random_training_example()
    output, loss = train(category_tensor, line_tensor)
    current_loss += loss
    if it % 60 == 0:
        guess, guess_i = category_from_output(output)
        correct = '✓' if guess == category else '✗ (%s)' % category
        print('%d %d%% %.4f %s / %s %s' % (it, it / 300 * 100, loss, line, guess, correct))

confusion = torch.zeros(n_categories, n_categories)
with torch.no_grad():
    for ci, category in enumerate(all_categories):
        for line in category_lines[category]:
            hidden = rnn.initHidden()
            for letter in line_to_tensor(line):
                output, hidden = rnn(letter, hidden)
            confusion[ci][category_from_output(output)[1]] += 1
for i in range(n_categories):
    confusion[i] = confusion[i] / confusion[i].sum()
print(confusion)
topv, topi = output.topk(3, 1, True)
for i in range(3):
    print('(%.2f) %s' % (topv[0][i].item(), all_categories[topi[0][i].item()]))
