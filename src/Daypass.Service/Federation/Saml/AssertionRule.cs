namespace Daypass.Service.Federation.Saml;

/// <summary>What an assertion is held against.</summary>
/// <param name="Response">The response that it came in.</param>
/// <param name="Provider">The provider that it must be of.</param>
/// <param name="Now">Real time, which providers date in.</param>
/// <param name="PublicUrl">The installation's own address; null when it has none.</param>
internal sealed record AssertionPlace(SamlResponse Response, SamlProvider Provider, DateTimeOffset Now, string? PublicUrl);

/// <summary>One rule for proven assertions.</summary>
/// <param name="Name">One word, for the preview.</param>
/// <param name="Check">Throws if the assertion breaks it.</param>
/// <param name="Tell">What the rule is about, of this assertion.</param>
internal sealed record AssertionRule(string Name, Action<Assertion, AssertionPlace> Check, Func<Assertion, AssertionPlace, string> Tell);
