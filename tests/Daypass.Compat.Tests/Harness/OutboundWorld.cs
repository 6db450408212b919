namespace Daypass.Compat.Tests.Harness;

/// <summary>A server whose public keys others keep for a second, so that a rotation is over in twelve.</summary>
public sealed class OutboundWorld : World
{
    protected override string[] Options => ["--jwks-max-age", "1"];
}
