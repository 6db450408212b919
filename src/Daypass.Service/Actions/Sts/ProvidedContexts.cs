using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Context assertions of a trusted token issuer. AWS takes those that its Identity Center has signed, and no others; there is none here, so no
/// assertion can be valid. Who may not set a context is told so first, as for everything else.
/// </summary>
internal sealed record ProvidedContexts(IReadOnlyList<string> Providers)
{
    private const int Max = 5;
    private static readonly TextRule Assertion = TextRule.Of(4, 2048) with { IsSecret = true };

    public static readonly ProvidedContexts None = new([]);

    public bool IsEmpty => Providers.Count == 0;

    /// <summary>Whether a parameter is an assertion, which stands for whom it was issued to and is not for the trail.</summary>
    public static bool IsSecret(string parameter) => parameter.StartsWith("ProvidedContexts.", StringComparison.Ordinal) && parameter.EndsWith(".ContextAssertion", StringComparison.Ordinal);

    public static ProvidedContexts Read(Parameters wire)
    {
        var members = wire.Members("ProvidedContexts");
        wire.LimitCount("ProvidedContexts", members.Count, Max, minimum: 1);
        foreach (var member in members)
            wire.Text(member + ".ContextAssertion", Assertion);
        return new ProvidedContexts([.. members.Select(member => wire.Text(member + ".ProviderArn", TextRules.StsArn) ?? "")]);
    }

    /// <exception cref="ApiException">InvalidParameterValue, if there is any context.</exception>
    public void Check()
    {
        if (!IsEmpty)
            throw Errors.InvalidParameterValue($"The context provider '{Errors.Shorten(Providers[0])}' does not exist: no identity center belongs to this installation that could have signed the assertion. Leave ProvidedContexts out.");
    }
}
