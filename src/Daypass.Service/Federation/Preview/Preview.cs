namespace Daypass.Service.Federation.Preview;

/// <summary>What a token or an assertion comes to, shown and not taken.</summary>
/// <param name="ProviderArn">The provider that it is held against; null if there is none.</param>
/// <param name="Checks">Every check.</param>
/// <param name="Identity">What it would prove, if it can be read so far: supposed, whatever the checks say.</param>
internal sealed record Preview(string? ProviderArn, CheckList Checks, ProvenIdentity? Identity);
