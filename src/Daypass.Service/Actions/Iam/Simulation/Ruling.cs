using Daypass.Policies;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>The simulator's three answers; the greater is the more restrictive.</summary>
internal enum Ruling
{
    Allowed,
    ImplicitDeny,
    ExplicitDeny,
}

internal static class Rulings
{
    public static Ruling Of(Decision decision) => decision.IsAllowed ? Ruling.Allowed
        : decision.Reason == DenialReason.ExplicitDeny ? Ruling.ExplicitDeny : Ruling.ImplicitDeny;

    public static Ruling Of(TracedOutcome outcome) => outcome switch
    {
        TracedOutcome.Allows => Ruling.Allowed,
        TracedOutcome.Denies => Ruling.ExplicitDeny,
        _ => Ruling.ImplicitDeny,
    };

    /// <summary>As the API writes it.</summary>
    public static string Text(this Ruling ruling) => ruling switch
    {
        Ruling.Allowed => "allowed",
        Ruling.ExplicitDeny => "explicitDeny",
        _ => "implicitDeny",
    };
}
