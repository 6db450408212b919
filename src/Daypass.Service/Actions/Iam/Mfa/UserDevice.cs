using Daypass.Names;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>A device as it is shown of the user that it is enabled for.</summary>
internal sealed record UserDevice(MfaDevice Device, string UserName, AccountId Account) : IShape
{
    public string SerialNumber { get; } = Device.ArnIn(Account).ToString();

    public void Write(ShapeWriter writer)
    {
        writer.Text("UserName", UserName);
        writer.Text("SerialNumber", SerialNumber);
        writer.Time("EnableDate", Device.Enabled);
    }
}
