namespace Daypass.AspNetCore.Leases;

/// <summary>What a lease is for. Region and service are the same for all leases of a service, so they are not part of it.</summary>
internal readonly record struct LeaseKey(string AccessKeyId, string Date);
