import { Controller, Get, Post } from '@nestjs/common';
import { DiscoveryModule, MetadataScanner } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { AccessCheck, problemsOf } from './access-check.js';
import { AdminOnly, Public, SellerMember, SignedIn } from './access.js';

const check = (controller: new () => object) => problemsOf(controller, new MetadataScanner());

describe('every route says who may call it', () => {
  it('on its method or on its controller', () => {
    @AdminOnly()
    @Controller('admin')
    class Guarded {
      @Get() page() {}
      @Public() @Get('open') open() {}
      @SignedIn() @Post('mine') mine() {}
      helper() {}
    }
    expect(check(Guarded)).toEqual([]);
  });

  it('or the program does not start', async () => {
    @Controller('things')
    class Forgotten {
      @Get() page() {}
      @Public() @Post() make() {}
    }
    const app = Test.createTestingModule({
      imports: [DiscoveryModule],
      controllers: [Forgotten],
      providers: [AccessCheck],
    })
      .compile()
      .then((module) => module.init());
    await expect(app).rejects.toThrow('Forgotten.page says nowhere who may call it');
    expect(check(Forgotten)).toEqual([
      expect.stringMatching(/^Forgotten\.page says nowhere who may call it/),
    ]);
  });

  it('and the members’ routes name their shop', () => {
    @SellerMember()
    @Controller('seller')
    class Desk {
      @Get(':sellerId/orders') orders() {}
      @Get('orders') lost() {}
    }
    expect(check(Desk)).toEqual(["Desk.lost is for a shop's members, but its path has no :sellerId"]);
  });

  it('once', () => {
    expect(() => {
      class Twice {
        @Public() @SignedIn() page() {}
      }
      return Twice;
    }).toThrow('a route has one access rule');
  });
});
