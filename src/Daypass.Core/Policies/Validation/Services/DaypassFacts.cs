namespace Daypass.Policies.Validation.Services;

/// <summary>What Daypass's own API knows of itself.</summary>
internal static class DaypassFacts
{
    public const string Text = """
        resource service arn:*:daypass:*:*:service/*
        action AcquireLeases service
        action AdvanceClock
        action DeregisterService service
        action ForgetNode
        action GetClock
        action ListKeys
        action ListNodes
        action ListServices
        action RegisterService service
        action RevokeKey
        action RewrapKeys
        action RotateKeys
        """;
}
