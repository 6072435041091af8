import Failover

/// The JSON Schema (draft 2020-12) of `config.yaml`, for editors and for whoever checks before drctl does. It
/// knows each key and each form; how values must fit to each other only `drctl validate` knows.
public struct ConfigurationSchema {
    private let survey = SchemaSurvey.make()

    public init() {}

    public var json: String {
        let head: [(String, SchemaValue)] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("config.yaml of drctl")),
        ]
        return SchemaValue.object(head + section("")).json() + "\n"
    }

    /// Every key's path, with `*` for a user's name and `[]` for an item, as `SectionKey.places` has them.
    var paths: Set<String> {
        Set(survey.sections.flatMap { path, shape in shape.keys.map { path.isEmpty ? $0 : "\(path).\($0)" } })
    }

    /// Keys whose value the parser never read in a known form.
    var formless: Set<String> {
        Set(
            survey.sections.flatMap { path, shape in
                shape.keys.filter { shape.forms[$0] == nil }.map { path.isEmpty ? $0 : "\(path).\($0)" }
            })
    }

    private func section(_ path: String) -> [(String, SchemaValue)] {
        guard let shape = survey.sections[path] else { return [("type", .text("object"))] }
        let always = shape.readings.map(\.required).reduce(shape.readings.first?.required ?? []) {
            $0.intersection($1)
        }
        var result: [(String, SchemaValue)] = [
            ("type", .text("object")), ("additionalProperties", .flag(false)),
            (
                "properties",
                .object(shape.keys.map { ($0, property($0, at: path.isEmpty ? $0 : "\(path).\($0)", shape)) })
            ),
        ]
        if !always.isEmpty { result.append(("required", .texts(always.sorted()))) }
        let conditions = SchemaConditions(shape: shape, always: always).all
        if !conditions.isEmpty { result.append(("allOf", .list(conditions))) }
        return result
    }

    private func property(_ key: String, at path: String, _ shape: SectionShape) -> SchemaValue {
        let form = shape.forms[key]
        var words = [KeyWords.text(of: path) ?? shape.purposes[key].map(Self.sentence)].compactMap(\.self)
        var body: [(String, SchemaValue)] = form.map { value($0, at: path) } ?? []
        if case .duration(let range)? = form {
            words.append("\(range.lowerBound.written) to \(range.upperBound.written).")
        } else if case .text(_, let hint?)? = form {
            words.append(Self.sentence(hint))
        }
        if !words.isEmpty { body.insert(("description", .text(words.joined(separator: " "))), at: 0) }
        return .object(body)
    }

    private func value(_ form: Form, at path: String) -> [(String, SchemaValue)] {
        switch form {
        case .text(let type, _):
            let length: [(String, SchemaValue)] = [
                ("type", .text("string")), ("minLength", .number(1)), ("maxLength", .number(1024)),
            ]
            return length + (Self.pattern(of: type).map { [("pattern", .text($0))] } ?? [])
        case .integer(let range):
            let limits = range.map {
                [("minimum", SchemaValue.number($0.lowerBound)), ("maximum", .number($0.upperBound))]
            }
            return [("type", .text("integer"))] + (limits ?? [])
        case .flag: return [("type", .text("boolean"))]
        case .duration:
            // Units from the largest to the smallest, each at most once, and one at least.
            let pattern = "^(?=.)([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?([0-9]{1,9}ms)?$"
            return [("type", .text("string")), ("pattern", .text(pattern))]
        case .choice(let words): return [("enum", .texts(words))]
        case .section: return section(path)
        case .list(let limit):
            let item = element("\(path)[]")
            return [("type", .text("array")), ("maxItems", .number(limit)), ("items", .object(item))]
        case .names(let limit):
            return [
                ("type", .text("object")), ("maxProperties", .number(limit)),
                ("additionalProperties", .object(element("\(path).*"))),
            ]
        }
    }

    private func element(_ path: String) -> [(String, SchemaValue)] {
        if let form = survey.elements[path] { return value(form, at: path) }
        return survey.sections[path] == nil ? [] : section(path)
    }

    private static func sentence(_ words: String) -> String {
        words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    /// Where a text becomes a value of its own, its shape is that value's.
    private static func pattern(of type: Any.Type) -> String? {
        switch type {
        case is Region.Type: "^[a-z]{2,4}(-[a-z]{2,10}){1,3}-[0-9]{1,2}$"
        case is Topic.Type: "^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$"
        case is Endpoint.Type: "^.+:[1-9][0-9]{0,4}$"
        default: nil
        }
    }
}
