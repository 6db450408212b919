namespace Daypass.Policies.Validation.Services;

/// <summary>An action of a service.</summary>
/// <param name="Name">Without the service.</param>
/// <param name="Lower">With the service, in lower case, as patterns are matched.</param>
/// <param name="Resources">The resource types it takes, one bit for each by its place in the table; none means that it takes <c>*</c> only.</param>
internal sealed record ActionFacts(string Name, string Lower, ulong Resources);
