using PrEnv.Controller.Commands;
using PrEnv.Controller.Http;
using PrEnv.Controller.Startup;
using PrEnv.Controller.Terminal;

var surroundings = Surroundings.OfProcess();
// For the API server and for GitHub; probes have an option of their own.
HttpClient.DefaultProxy = new EnvironmentProxy(surroundings.Variables);
var output = StandardOutput.Open();
var code = await CommandLine.RunAsync(args, surroundings, output, Console.Error);
return StandardOutput.Close(output) ? code : 0;
