using PrEnv.Controller.Commands;
using PrEnv.Controller.Hosting;

return await CommandLine.RunAsync(args, Surroundings.OfProcess(), Console.Out, Console.Error);
