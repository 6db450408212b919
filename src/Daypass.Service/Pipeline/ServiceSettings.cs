using System.Net;

namespace Daypass.Service.Pipeline;

/// <summary>What an operator can set that actions act on.</summary>
internal sealed record ServiceSettings
{
    /// <summary>
    /// How long, in milliseconds, a protected service may use a lease without asking again: with the second that a node's own view may be
    /// old, revocation reaches every service within five seconds. Default 3500; 500 to 4000.
    /// </summary>
    public int LeaseFreshFor { get; init; } = 3500;

    /// <summary>
    /// How long, in milliseconds, a lease serves while no node can be reached. Longer survives longer outages; shorter forgets sooner what
    /// was revoked during one. Default 300000 (5 minutes); 5000 to 3600000.
    /// </summary>
    public int LeaseValidFor { get; init; } = 300_000;

    /// <summary>
    /// Whether AccessDenied refusals go without their encoded authorization message, and leases without the key for it: for clients and logs
    /// that cannot bear seven to ten thousand characters. Default: they carry it.
    /// </summary>
    public bool HasPlainDenials { get; init; }

    /// <summary>
    /// How long, in seconds, verifiers of web identity tokens may keep the public keys that they fetched (<c>Cache-Control: max-age</c>).
    /// Default 600 (10 minutes); 1 to 86400.
    /// </summary>
    public int JwksMaxAge { get; init; } = 600;

    /// <summary>How long a new key of web identity tokens is published before it signs: twice what it may be kept, and what nodes need.</summary>
    public TimeSpan WebIdentityKeyNotice => TimeSpan.FromSeconds(2 * JwksMaxAge) + Keys.KeyRotation.PrePublication;

    /// <summary>
    /// The scheme and authority that others reach this installation by, without a slash at the end: what issuers of tokens are named by, so it must
    /// not change, and never comes from a request. Null while it is not known.
    /// </summary>
    public Func<string?> PublicUrl { get; init; } = () => null;

    /// <summary>
    /// Networks that are not public and where identity providers may be called all the same. Default: none, so that no registered URL can make
    /// the server call its own machine or network.
    /// </summary>
    public IReadOnlyList<IPNetwork> FederationNetworks { get; init; } = [];

    /// <summary>
    /// Whether a SAML assertion may be used for the same role again within its five minutes, as AWS lets it. Default: once, whichever node it is
    /// shown to, so that who reads one on its way gets nothing by it.
    /// </summary>
    public bool RepeatsAssertions { get; init; }

    /// <summary>Whether new accounts get numbers below 2^32, which clients of uproject may have no room beyond. Default: twelve digits, as AWS's.</summary>
    public bool HasCompanyAccounts { get; init; }

    /// <summary>What the installation is called: product, sign-in host, URN prefix.</summary>
    public Brand Brand { get; init; } = new();

    /// <summary>Whether an administrator may move policy time forward. For servers on loopback that are there to be tried out.</summary>
    public bool IsClockMovable { get; init; }
}
