//! A Merkle tree over the record (RFC 6962): short proofs that an entry is in it, and that it only grew.
//!
//! The leaf of entry `n` is its chain hash, which commits to its bytes and to all entries before it. So a proof that a
//! leaf is in the tree is a proof of the entry, its place and its history.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use sha2::{Digest, Sha256};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The largest tree whose proofs are judged; the library cannot count the nodes of trees of more than 2⁶² leaves, and a
/// forged receipt can claim any size.
const MAX_SIZE: u64 = 1 << 60;

/// The tree of a whole record, in memory: about 100 bytes an entry.
#[derive(Debug, Default)]
pub struct Tree(MemoryBackedTree<Sha256, Hash>);

impl Tree {
    /// Adds the next entry's chain hash. O(log n).
    pub fn push(&mut self, hash: Hash) {
        self.0.push(hash);
    }

    /// How many entries it holds.
    pub fn size(&self) -> u64 {
        self.0.len()
    }

    /// The root over all entries; SHA-256 of nothing where there are none (RFC 6962, 2.1).
    pub fn root(&self) -> Hash {
        self.0.root().as_bytes().as_slice().try_into().unwrap_or_default()
    }

    /// The hashes that lead from entry `number` (from 1) to the root; none where there is no such entry. O(log n).
    pub fn inclusion(&self, number: u64) -> Option<Vec<Hash>> {
        let index = number.checked_sub(1).filter(|index| *index < self.size())?;
        Some(hashes(
            self.0.prove_inclusion(usize::try_from(index).ok()?).as_bytes(),
        ))
    }

    /// The hashes that show that the tree's first `size` entries are those of an earlier tree; none where the earlier
    /// one was empty or larger. O(log n).
    pub fn consistency(&self, size: u64) -> Option<Vec<Hash>> {
        match self.size().checked_sub(size)? {
            _ if size == 0 => None,
            0 => Some(Vec::new()),
            added => Some(hashes(
                self.0.prove_consistency(usize::try_from(added).ok()?).as_bytes(),
            )),
        }
    }
}

fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks::<32>().0.to_vec()
}

fn root_hash(root: &Hash, size: u64) -> RootHash<Sha256> {
    RootHash::new((*root).into(), size)
}

/// Whether entry `number` (from 1) with this chain hash is in the tree of this size and root. O(log n).
pub fn includes(root: &Hash, size: u64, number: u64, hash: &Hash, path: &[Hash]) -> bool {
    let Some(index) = number
        .checked_sub(1)
        .filter(|index| *index < size && size <= MAX_SIZE)
    else {
        return false;
    };
    let Ok(proof) = InclusionProof::try_from_bytes(path.concat()) else {
        return false;
    };
    root_hash(root, size)
        .verify_inclusion(hash, index, &proof)
        .is_ok()
}

/// Whether the tree `(root, size)` begins with all entries of the earlier tree `(earlier_root, earlier_size)`. O(log n).
pub fn extends(root: &Hash, size: u64, earlier_root: &Hash, earlier_size: u64, path: &[Hash]) -> bool {
    if earlier_size == size {
        return earlier_root == root && path.is_empty();
    }
    if earlier_size == 0 || size < earlier_size || MAX_SIZE < size {
        return false;
    }
    let Ok(proof) = ConsistencyProof::try_from_bytes(path.concat()) else {
        return false;
    };
    root_hash(root, size)
        .verify_consistency(&root_hash(earlier_root, earlier_size), &proof)
        .is_ok()
}

/// The root of a record that is read once from its first entry to its last: constant memory, O(1) an entry.
///
/// Keeps one hash for each set bit of the size, the roots of the complete subtrees from the left.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    size: u64,
    subtrees: Vec<Hash>,
}

impl Roots {
    /// Adds the next entry's chain hash.
    pub fn push(&mut self, hash: &Hash) {
        let mut node: Hash = Sha256::new()
            .chain_update([0])
            .chain_update(hash)
            .finalize()
            .into();
        let mut size = self.size;
        while size & 1 == 1 {
            let Some(left) = self.subtrees.pop() else { break };
            node = parent(&left, &node);
            size >>= 1;
        }
        self.subtrees.push(node);
        self.size += 1;
    }

    /// The root over all entries so far.
    pub fn root(&self) -> Hash {
        let mut from_right = self.subtrees.iter().rev().copied();
        match from_right.next() {
            None => Sha256::digest([]).into(),
            Some(last) => from_right.fold(last, |right, left| parent(&left, &right)),
        }
    }
}

fn parent(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signed::hex;
    use proptest::prelude::*;

    fn leaf(number: u64) -> Hash {
        crate::entry::address(&number.to_be_bytes())
    }

    fn tree(size: u64) -> Tree {
        let mut tree = Tree::default();
        (1..=size).for_each(|number| tree.push(leaf(number)));
        tree
    }

    /// Source: RFC 6962, section 2.1: the hash of an empty tree is SHA-256 of nothing; of one leaf, SHA-256(0x00 ‖ leaf).
    #[test]
    fn the_roots_of_none_and_one_are_those_of_the_standard() {
        assert_eq!(
            hex(&tree(0).root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        let one: Hash = Sha256::new()
            .chain_update([0])
            .chain_update(leaf(1))
            .finalize()
            .into();
        assert_eq!(tree(1).root(), one);
        assert!(includes(&one, 1, 1, &leaf(1), &[]));
    }

    #[test]
    fn reading_once_gives_the_root_of_the_whole_tree() {
        let mut roots = Roots::default();
        for size in 0..200 {
            assert_eq!(roots.root(), tree(size).root(), "{size}");
            roots.push(&leaf(size + 1));
        }
    }

    proptest! {
        #[test]
        fn an_entry_is_proved_in_its_place_and_nowhere_else(size in 1..70u64, at in 0..70u64, other in 0..70u64) {
            let (tree, at, other) = (tree(size), at % size + 1, other % size + 1);
            let path = tree.inclusion(at).unwrap();
            prop_assert!(includes(&tree.root(), size, at, &leaf(at), &path));
            prop_assert_eq!(includes(&tree.root(), size, other, &leaf(at), &path), other == at);
            prop_assert_eq!(includes(&tree.root(), size, at, &leaf(other), &path), other == at);
            prop_assert!(tree.inclusion(size + 1).is_none() && tree.inclusion(0).is_none());
        }

        #[test]
        fn a_record_that_only_grew_is_proved_and_another_is_not(earlier in 1..70u64, more in 0..70u64) {
            let (old, new) = (tree(earlier), tree(earlier + more));
            let path = new.consistency(earlier).unwrap();
            prop_assert!(extends(&new.root(), new.size(), &old.root(), earlier, &path));
            let mut changed = Tree::default();
            (1..=earlier).for_each(|number| changed.push(leaf(if number == 1 { 999 } else { number })));
            prop_assert!(!extends(&new.root(), new.size(), &changed.root(), earlier, &path));
        }

        #[test]
        fn any_path_is_judged_without_a_panic(
            root in any::<Hash>(), size in any::<u64>(), number in any::<u64>(), path in prop::collection::vec(any::<Hash>(), 0..4)
        ) {
            includes(&root, size, number, &root, &path);
            extends(&root, size, &root, number, &path);
        }
    }
}
