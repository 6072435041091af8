/// What happens when a request is sent twice, which decides whether it may be sent again after a failure that
/// leaves open whether AWS has acted on it.
public enum OperationKind: Sendable, Hashable {
    /// Changes nothing.
    case read
    /// Twice is not the same as once, or twice gives a misleading error: never repeated after an ambiguous
    /// failure. Describe first, then decide.
    case mutation
    /// Carries a token or writes an absolute state, so that twice is the same as once.
    case repeatableMutation

    /// Whether sending again after an ambiguous failure is safe.
    public var mayRepeat: Bool { self != .mutation }

    /// Whether the operation changes something at AWS.
    public var changesSomething: Bool { self != .read }
}
