import Yams

/// Yams nodes to a `Tree`: follows aliases within bounds, reports duplicate keys, refuses tags and merge
/// keys.
struct TreeBuilder {
    /// The deepest path of a real configuration has 7 levels.
    static let depthLimit = 16
    /// A hundred workloads have some ten thousand.
    static let nodeLimit = 50_000

    private struct Stop: Error {}

    private let renamed: [Unicode.Scalar: Unicode.Scalar]
    private let findings: Findings
    /// The nodes of each anchor in the order of the file; an alias means the last one before it.
    private var anchors: [String: [(position: Position, node: Node)]] = [:]
    /// The anchored nodes that are being built, to see one that contains itself.
    private var open: Set<Position> = []
    private var budget = Self.nodeLimit

    /// Nil when the text was refused.
    static func build(_ composed: Composer.Result, findings: Findings) -> Tree? {
        withExtendedLifetime(composed.parser) {
            var builder = TreeBuilder(renamed: composed.renamed, findings: findings)
            do {
                try builder.collectAnchors(composed.root, depth: 0)
                return try builder.tree(composed.root, path: "", depth: 0)
            } catch {
                return nil
            }
        }
    }

    private init(renamed: [Unicode.Scalar: Unicode.Scalar], findings: Findings) {
        self.renamed = renamed
        self.findings = findings
    }

    private mutating func collectAnchors(_ node: Node, depth: Int) throws {
        try check(depth, node, path: "")
        if let anchor = node.anchor { anchors[anchor.rawValue, default: []].append((position(node), node)) }
        switch node {
        case .sequence(let items): for item in items { try collectAnchors(item, depth: depth + 1) }
        case .mapping(let pairs):
            for pair in pairs {
                try collectAnchors(pair.key, depth: depth + 1)
                try collectAnchors(pair.value, depth: depth + 1)
            }
        case .scalar, .alias: break
        }
    }

    private mutating func tree(_ node: Node, path: String, depth: Int) throws -> Tree {
        try check(depth, node, path: path)
        budget -= 1
        guard budget >= 0 else {
            findings.refuse(
                position(node), path,
                "the file grows beyond \(Self.nodeLimit) values once aliases are followed")
            throw Stop()
        }
        let place = position(node)
        if node.anchor != nil { open.insert(place) }
        defer { open.remove(place) }
        switch node {
        case .scalar(let scalar):
            if let name = aliasName(scalar) { return try follow(name, at: place, path: path, depth: depth) }
            refuseTag(node, path)
            return Tree(position: place, content: .scalar(text(scalar), plain: isPlain(scalar)))
        case .sequence(let items):
            refuseTag(node, path)
            let trees = try items.enumerated().map { index, item in
                try tree(item, path: "\(path)[\(index)]", depth: depth + 1)
            }
            return Tree(position: place, content: .sequence(trees))
        case .mapping(let pairs):
            refuseTag(node, path)
            return Tree(position: place, content: .mapping(try entries(pairs, path: path, depth: depth)))
        case .alias:
            // Only made by Yams when it writes.
            return Tree(position: place, content: .refused)
        }
    }

    private mutating func entries(_ pairs: Node.Mapping, path: String, depth: Int) throws -> [Tree.Entry] {
        var entries: [Tree.Entry] = []
        var seen: [String: Position] = [:]
        for pair in pairs {
            let place = position(pair.key)
            guard case .scalar(let scalar) = pair.key, aliasName(scalar) == nil else {
                findings.refuse(place, path, "has a key that is not plain text")
                continue
            }
            let key = text(scalar)
            let keyPath = joined(path, key)
            if key == "<<" {
                findings.refuse(
                    place, path, "merge keys (<<) are not read; shared policy goes under defaults.policy")
                continue
            }
            if let first = seen[key] {
                findings.refuse(place, keyPath, "is a duplicate; line \(first.line) has it already, keep one")
                continue
            }
            seen[key] = place
            let value = try tree(pair.value, path: keyPath, depth: depth + 1)
            entries.append(Tree.Entry(key: key, keyPosition: place, value: value))
        }
        return entries
    }

    private mutating func follow(_ name: String, at place: Position, path: String, depth: Int) throws -> Tree
    {
        guard let target = anchor(name, before: place) else {
            // The file chooses how many there are.
            let candidates = anchors.count <= 50 ? Array(anchors.keys) : []
            let meant = nearest(to: name, in: candidates).map { "; did you mean *\($0)?" } ?? ""
            findings.refuse(
                place, path, "is an alias for \(shown(name)), which has no anchor before it" + meant)
            return Tree(position: place, content: .refused)
        }
        guard !open.contains(target.position) else {
            findings.refuse(place, path, "is an alias for a value that contains it")
            throw Stop()
        }
        return try tree(target.node, path: path, depth: depth)
    }

    /// The last one before a place, by halving: the file chooses how often it uses a name.
    private func anchor(_ name: String, before place: Position) -> (position: Position, node: Node)? {
        guard let uses = anchors[name] else { return nil }
        var (low, high) = (0, uses.count)
        while low < high {
            let middle = (low + high) / 2
            if uses[middle].position < place { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : uses[low - 1]
    }

    private func check(_ depth: Int, _ node: Node, path: String) throws {
        guard depth <= Self.depthLimit else {
            findings.refuse(position(node), path, "is nested deeper than \(Self.depthLimit) levels")
            throw Stop()
        }
    }

    /// `!!int "5"` and its like change a type behind the reader's back.
    private func refuseTag(_ node: Node, _ path: String) {
        let defaults = [Tag.Name.implicit, .str, .seq, .map]
        if !defaults.contains(where: { $0.rawValue == node.tag.rawValue }) {
            let tag = node.tag.rawValue.replacing("tag:yaml.org,2002:", with: "!!")
            findings.refuse(position(node), path, "has the tag \(shown(tag)); tags are not read, remove it")
        }
    }

    private func aliasName(_ scalar: Node.Scalar) -> String? {
        let scalars = scalar.string.unicodeScalars
        guard isPlain(scalar), scalars.first == SourceText.asterisk else { return nil }
        return restored(String(scalars.dropFirst()))
    }

    private func isPlain(_ scalar: Node.Scalar) -> Bool { scalar.style == .plain || scalar.style == .any }

    private func text(_ scalar: Node.Scalar) -> String { restored(scalar.string) }

    /// Undoes both swaps of `Composer`.
    private func restored(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(scalar == SourceText.asterisk ? "*" : renamed[scalar] ?? scalar)
        }
        return String(scalars)
    }

    private func position(_ node: Node) -> Position {
        Position(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }
}
