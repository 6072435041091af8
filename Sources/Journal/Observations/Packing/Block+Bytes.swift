import Failover

extension Block {
    /// The form of the bytes; another one gets another number.
    static let form: UInt8 = 1

    /// Templates by id, then strand by strand its runs, each against the one before it.
    var bytes: [UInt8] {
        var bytes = ByteWriter()
        bytes.put(UInt64(Self.form))
        bytes.put(templates.count)
        for template in templates {
            bytes.putFixed(UInt64(bitPattern: template.id))
            bytes.put(UInt64(template.kind.rawValue))
        }
        bytes.put(strands.count)
        for strand in strands {
            bytes.put(strand.key.count)
            let runs = strand.runs
            bytes.put(runs.count)
            var former = Run.none(first, parts: strand.key.count)
            for run in runs {
                run.write(to: &bytes, former: former, base: first)
                former = run
            }
        }
        return bytes.bytes
    }
}

/// A block as it was read again.
struct PackedBlock {
    var first: Timestamp
    /// Ids of the templates, by their places.
    var templates: [Int64] = []
    var strands: [[Run]] = []

    /// - Throws: when the bytes are not what a block has.
    init(_ bytes: [UInt8], first: Timestamp) throws(ByteReader.Damage) {
        self.first = first
        var reader = ByteReader(bytes)
        let form = try reader.byte()
        guard form == Block.form else { throw ByteReader.Damage(detail: "form \(form)") }
        var kinds: [Samples.Kind] = []
        for _ in 0..<(try reader.count()) {
            templates.append(Int64(bitPattern: try reader.fixed()))
            guard let kind = Samples.Kind(rawValue: try reader.byte()) else {
                throw ByteReader.Damage(detail: "an unknown kind of samples")
            }
            kinds.append(kind)
        }
        for _ in 0..<(try reader.count()) {
            let width = try reader.count()
            let length = try reader.count()
            var former = Run.none(first, parts: width)
            var runs: [Run] = []
            for _ in 0..<length {
                former = try Run(from: &reader, former: former, base: first, kinds: kinds)
                runs.append(former)
            }
            strands.append(runs)
        }
        guard reader.isAtEnd else { throw ByteReader.Damage(detail: "bytes after its end") }
    }
}

extension Run {
    /// What the first run of a strand is written against.
    fileprivate static func none(_ base: Timestamp, parts: Int) -> Run {
        Run(
            parts: Array(repeating: Part(template: -1, samples: .none), count: parts), first: base,
            last: base, count: 1, age: .zero)
    }

    private static let sameTemplates: UInt64 = 1
    private static let seenOnce: UInt64 = 2
    private static let sameAge: UInt64 = 4

    fileprivate func write(to bytes: inout ByteWriter, former: Run, base: Timestamp) {
        let isSame = parts.map(\.template) == former.parts.map(\.template)
        let isAge = age == former.age
        bytes.put(
            (isSame ? Self.sameTemplates : 0) | (count == 1 ? Self.seenOnce : 0)
                | (isAge ? Self.sameAge : 0))
        if !isSame { for part in parts { bytes.put(part.template) } }
        for (part, before) in zip(parts, former.parts) {
            part.samples.write(to: &bytes, former: before.samples, base: base)
        }
        bytes.putSigned(first.milliseconds - former.last.milliseconds)
        if count > 1 {
            bytes.put(count - 1)
            bytes.putSigned(last.milliseconds - first.milliseconds)
        }
        if !isAge { bytes.putSigned(age.milliseconds) }
    }

    fileprivate init(
        from bytes: inout ByteReader, former: Run, base: Timestamp, kinds: [Samples.Kind]
    ) throws(ByteReader.Damage) {
        let flags = try bytes.number(atMost: 7)
        var places = former.parts.map(\.template)
        if flags & Self.sameTemplates == 0 {
            for index in places.indices {
                places[index] = Int(try bytes.number(atMost: UInt64(Int32.max)))
            }
        }
        parts = []
        for (place, before) in zip(places, former.parts) {
            guard kinds.indices.contains(place) else {
                throw ByteReader.Damage(detail: "template \(place) of \(kinds.count)")
            }
            let samples = try Samples.read(kinds[place], from: &bytes, former: before.samples, base: base)
            parts.append(Part(template: place, samples: samples))
        }
        first = former.last.moved(by: try bytes.signed())
        (last, count) = (first, 1)
        if flags & Self.seenOnce == 0 {
            // An hour of looks each millisecond: more than that is not a recording.
            count += Int(try bytes.number(atMost: 3_600_000))
            last = first.moved(by: try bytes.signed())
        }
        age = flags & Self.sameAge == 0 ? .milliseconds(try bytes.signed()) : former.age
    }
}
