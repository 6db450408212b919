namespace Daypass.AspNetCore.Leases;

/// <summary>
/// What a lease is for. Region and service are the same for all leases of a service, so they are not part of it. A lease without a date has no
/// signing key: it came with a verdict on a request of the uproject dialect.
/// </summary>
internal readonly record struct LeaseKey(string AccessKeyId, string? Date);
