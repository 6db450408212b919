using Daypass.Names;

namespace Daypass.Tokens;

/// <summary>The protected service that a message comes from, as Daypass has it registered.</summary>
/// <param name="Service">Its name, 1 to 63 bytes.</param>
/// <param name="Region">Its region, 1 to 63 bytes.</param>
/// <param name="Account">The account that it is registered under.</param>
public sealed record MessageOrigin(string Service, string Region, AccountId Account);
