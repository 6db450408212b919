using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>
/// The settings of a login as requests carry them. There is no console here, and nothing that takes a password: one that is passed is looked at for its
/// form, and kept nowhere, not even as a hash.
/// </summary>
internal sealed record LoginSettings(bool? IsActive, int? MaxPasswordAge, bool? MfaBindRequired, bool? PasswordResetRequired)
{
    /// <summary>Parameters that never reach the trail.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["Password"];

    private const int MostDays = 3650;

    public static LoginSettings Read(Parameters wire, bool? isActive)
    {
        wire.Text("Password", UprojectRules.Password);
        wire.Flag("GenerateRandomPassword");
        return new LoginSettings(isActive, wire.Number("MaxPasswordAge", 0, MostDays), wire.Flag("MFABindRequired"), wire.Flag("PasswordResetRequired"));
    }

    /// <summary>What there is with what is to be changed; null stays null when nothing is.</summary>
    public LoginProfile? On(LoginProfile? login) => this == new LoginSettings(null, null, null, null)
        ? login
        : new LoginProfile(
            IsActive ?? login?.IsActive ?? false,
            MaxPasswordAge ?? login?.MaxPasswordAge ?? 0,
            MfaBindRequired ?? login?.MfaBindRequired ?? false,
            PasswordResetRequired ?? login?.PasswordResetRequired ?? false);
}

/// <summary>The settings of a user's login; a user who never had any is one who may not log in.</summary>
internal sealed record LoginProfileView(LoginProfile? Login) : IShape
{
    public void Write(ShapeWriter writer) => writer.Structure("LoginProfile", new Members(Login ?? new LoginProfile(IsActive: false)));

    private sealed record Members(LoginProfile Login) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("Status", Login.IsActive ? "Active" : "Inactive");
            writer.Number("MaxPasswordAge", Login.MaxPasswordAge);
            writer.Flag("MFABindRequired", Login.MfaBindRequired);
            writer.Flag("PasswordResetRequired", Login.PasswordResetRequired);
        }
    }
}
