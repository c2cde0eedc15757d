//! What happens inside the program's model with one image.

use protocol::program::{Because, Layer, Looked, Pictures};
use protocol::{Floats, Pixels};

use super::{NO_MODEL, NO_RUN, Tensors};
use crate::player::Player;

const LOOK: &str = include_str!("look.py");
const CARD: &str = include_str!("card.py");

impl Player {
    /// What each layer has and gives for an image, what the highest output hangs on, and the sum of one unit of the first layer: of the
    /// chosen one (a layer and its unit), or of that which answers most.
    pub async fn look(&self, id: u32, image: &[u8], unit: Option<(u32, u32)>) -> Looked {
        let mut looked = Looked {
            id,
            image: Pixels::from(image.to_vec()),
            saliency: Pictures::default(),
            layers: Vec::new(),
            because: None,
            error: None,
        };
        match self.inside(image, unit).await {
            Ok((text, mut tensors)) => {
                looked.saliency = pictures(tensors.remove("saliency"));
                looked.layers = text.lines().filter_map(|line| layer(line, &mut tensors)).collect();
                looked.because = because(&mut tensors);
            }
            Err(why) => looked.error = Some(why),
        }
        looked
    }

    async fn inside(&self, image: &[u8], unit: Option<(u32, u32)>) -> Result<(String, Tensors), String> {
        let choice = unit.map_or(vec![-1.0, -1.0], |(layer, unit)| vec![layer as f32, unit as f32]);
        let choice = self.cpu.tensor(choice, &[2]).map_err(|error| error.to_string())?;
        let answer = self.ask(LOOK, &[("_digit", self.images(&[image])?), ("_choice", choice)]).await?;
        let tensors = answer.tensors()?;
        Ok((answer.text, tensors))
    }

    /// What there is to say about the model: kinds of facts, and the facts.
    ///
    /// # Errors
    /// Why there is no run.
    pub async fn describe_model(&self) -> Result<Vec<(String, String)>, String> {
        // It prints, and writes nothing.
        let text = format!("{CARD}_torch._write_tensors('_answer', [], [], None)\n");
        let answer = self.ask(&text, &[]).await?;
        let facts = answer.text.split('\0').filter_map(|fact| fact.split_once('\t'));
        let facts: Vec<_> = facts.map(|(kind, fact)| (kind.to_owned(), fact.to_owned())).collect();
        if facts.iter().any(|(kind, _)| kind == "parameter") { Ok(facts) } else { Err(self.no_parameters()) }
    }

    fn no_parameters(&self) -> String {
        if self.machine.is_some() { NO_MODEL.to_owned() } else { NO_RUN.to_owned() }
    }
}

/// `2\tfc1\tLinear(…)`, with the tensors of that number.
fn layer(line: &str, tensors: &mut Tensors) -> Option<Layer> {
    let mut parts = line.splitn(3, '\t');
    let (at, name, kind) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Layer {
        name: name.to_owned(),
        kind: kind.to_owned(),
        weight: pictures(tensors.remove(&format!("{at}.weight"))),
        output: pictures(tensors.remove(&format!("{at}.out"))),
    })
}

/// A tensor with three dimensions are pictures; numbers have one.
fn pictures(tensor: Option<(Vec<usize>, Vec<f32>)>) -> Pictures {
    let Some((shape, values)) = tensor else { return Pictures::default() };
    let sides = match shape[..] {
        [_, rows, columns] | [rows, columns] => Some((rows as u32, columns as u32)),
        _ => None,
    };
    Pictures { sides, values: Floats::from(&values[..]) }
}

fn because(tensors: &mut Tensors) -> Option<Because> {
    let (_, sums) = tensors.remove("sum")?;
    let [sum, total, layer, unit] = sums[..] else { return None };
    let product = pictures(tensors.remove("product"));
    Some(Because { layer: layer as u32, unit: unit as u32, product, sum, total })
}
